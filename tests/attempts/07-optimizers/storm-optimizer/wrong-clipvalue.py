# clipvalue cuts each entry and turns the direction of the step.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, batches_per_epoch, 0.5, staircase=True)
    return keras.optimizers.SGD(schedule, clipvalue=limit)
