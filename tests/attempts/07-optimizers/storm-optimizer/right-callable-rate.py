def make_optimizer(rate, batches_per_epoch, limit):
    # A callable rate that reads the optimizer's own count of steps.
    optimizer = keras.optimizers.SGD(
        lambda: rate * 0.5 ** (int(optimizer.iterations) // batches_per_epoch), global_clipnorm=limit
    )
    return optimizer
