# Falls in stairs, but by the same amount each time: a quarter is not reached.
def make_optimizer(rate, batches_per_epoch, limit):
    ends = [batches_per_epoch * k - 1 for k in range(1, 4)]
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay(ends, [rate, rate / 2, rate / 3, rate / 4])
    return keras.optimizers.SGD(schedule, global_clipnorm=limit)
