class HalfEachEpoch(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, rate, batches):
        self.rate, self.batches = rate, batches

    def __call__(self, step):
        return self.rate * tf.pow(0.5, tf.cast(step // self.batches, tf.float32))


def make_optimizer(rate, batches_per_epoch, limit):
    return keras.optimizers.SGD(HalfEachEpoch(rate, batches_per_epoch), global_clipnorm=limit)
