# optimizer.lr is an attribute that nobody reads.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, decay_steps=1, decay_rate=0.5)
    optimizer = keras.optimizers.SGD(schedule, global_clipnorm=limit)
    optimizer.lr = rate
    return optimizer
