class Stairs(keras.optimizers.SGD):
    def apply_gradients(self, pairs):
        self.learning_rate = self.first_rate / 2 ** (int(self.iterations) // self.per_epoch)
        return super().apply_gradients(pairs)


def make_optimizer(rate, batches_per_epoch, limit):
    optimizer = Stairs(rate, global_clipnorm=limit)
    optimizer.first_rate, optimizer.per_epoch = rate, batches_per_epoch
    return optimizer
