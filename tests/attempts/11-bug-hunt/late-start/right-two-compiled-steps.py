class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])
        heads = [model.get_layer("digit"), model.get_layer("picture")]
        self.early, self.late = self.make(heads), self.make(model.layers)
        self.step = self.early

    def make(self, layers):
        variables = [v for layer in layers for v in layer.trainable_variables] + list(self.aim.trainable_variables)

        @tf.function
        def step(images, labels):
            with tf.GradientTape() as tape:
                loss = self.aim(labels, images, *self.model(images))
            self.optimizer.apply(tape.gradient(loss, variables), variables)
            return loss

        return step

    def start_epoch(self, epoch):
        self.step = self.late if epoch >= self.thaw else self.early
