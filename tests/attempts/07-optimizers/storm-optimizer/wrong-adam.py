# Adam undoes the tiny clipping, and makes other steps.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.Adam(schedule, global_clipnorm=limit)
