def make_optimizer(rate, batches_per_epoch, limit):
    ends = [batches_per_epoch * k - 1 for k in range(1, 20)]
    rates = [rate / 2**k for k in range(20)]
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay(ends, rates)
    return keras.optimizers.SGD(learning_rate=schedule, global_clipnorm=limit)
