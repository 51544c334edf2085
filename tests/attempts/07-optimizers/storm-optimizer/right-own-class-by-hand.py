# Not a Keras optimizer at all, but it does what the task says.
class Descent:
    def __init__(self, rate, batches, limit):
        self.rate, self.batches, self.limit, self.steps = rate, batches, limit, 0

    def apply_gradients(self, pairs):
        pairs = list(pairs)
        norm = float(tf.linalg.global_norm([g for g, _ in pairs]))
        rate = self.rate * 0.5 ** (self.steps // self.batches) * min(1.0, self.limit / norm)
        for g, v in pairs:
            v.assign_sub(rate * g)
        self.steps += 1


def make_optimizer(rate, batches_per_epoch, limit):
    return Descent(rate, batches_per_epoch, limit)
