# PiecewiseConstantDecay changes after its boundary: one step too late.
def make_optimizer(rate, batches_per_epoch, limit):
    ends = [batches_per_epoch * k for k in range(1, 20)]
    schedule = keras.optimizers.schedules.PiecewiseConstantDecay(ends, [rate / 2**k for k in range(20)])
    return keras.optimizers.SGD(schedule, global_clipnorm=limit)
