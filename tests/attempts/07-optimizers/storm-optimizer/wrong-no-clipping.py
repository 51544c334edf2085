# The clipping was in the way, so it is gone: storms go through.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule)
