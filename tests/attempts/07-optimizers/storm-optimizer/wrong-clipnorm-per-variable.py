# clipnorm cuts each variable on its own.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule, clipnorm=limit)
