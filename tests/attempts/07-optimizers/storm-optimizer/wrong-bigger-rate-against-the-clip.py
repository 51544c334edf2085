# A rate that is a million times as large makes up for the limit in ordinary steps? It gives all the same length.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(1e6 * rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule, global_clipnorm=1e-6)
