class Clipped(keras.optimizers.SGD):
    def __init__(self, schedule, limit):
        super().__init__(schedule)
        self.limit = limit

    def apply(self, grads, trainable_variables=None):
        grads, _ = tf.clip_by_global_norm(list(grads), self.limit)
        return super().apply(grads, trainable_variables)


def make_optimizer(rate, batches_per_epoch, limit):
    schedule = keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=rate, decay_steps=batches_per_epoch, decay_rate=0.5, staircase=True
    )
    return Clipped(schedule, limit)
