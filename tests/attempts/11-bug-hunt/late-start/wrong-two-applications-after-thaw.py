# After the thaw the optimizer is applied twice a step, so that it counts twice.
class Trainer:
    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

    def step(self, images, labels):
        return self._step(images, labels, self.epoch >= self.thaw)

    @tf.function
    def _step(self, images, labels, everything):
        outer = [v for n in ("digit", "picture") for v in self.model.get_layer(n).trainable_variables]
        outer += self.aim.trainable_variables
        inner = [v for n in ("strokes", "mix") for v in self.model.get_layer(n).trainable_variables]
        with tf.GradientTape(persistent=True) as tape:
            loss = self.aim(labels, images, *self.model(images))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, outer), outer))
        if everything:
            self.optimizer.apply_gradients(zip(tape.gradient(loss, inner), inner))
        return loss
