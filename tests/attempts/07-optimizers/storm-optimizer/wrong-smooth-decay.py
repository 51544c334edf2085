# Without staircase the rate falls within the epoch as well.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5)
    return keras.optimizers.SGD(schedule, global_clipnorm=limit)
