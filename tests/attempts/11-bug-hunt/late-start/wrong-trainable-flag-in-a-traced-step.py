class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch
        for name in ("strokes", "mix"):
            self.model.get_layer(name).trainable = epoch >= self.thaw

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        layers = self.model.layers
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss
