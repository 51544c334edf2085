class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = tf.Variable(0, trainable=False)
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch.assign(epoch)

    def update(self, tape, loss, layers):
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape(persistent=True) as tape:
            loss = self.aim(labels, images, *self.model(images))
        if self.epoch >= self.thaw:
            self.update(tape, loss, self.model.layers)
        else:
            self.update(tape, loss, [self.model.get_layer("digit"), self.model.get_layer("picture")])
        return loss
