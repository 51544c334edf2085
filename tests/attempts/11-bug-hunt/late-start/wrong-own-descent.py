class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        self.traced_step = tf.function(self.one_step)  # traced once for each value of awake
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

    def step(self, images, labels):
        return self.traced_step(images, labels, awake=self.epoch >= self.thaw)

    def one_step(self, images, labels, awake):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        if awake:
            layers = self.model.layers
        else:
            layers = [self.model.get_layer("digit"), self.model.get_layer("picture")]
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        for gradient, variable in zip(tape.gradient(loss, variables), variables):
            variable.assign_sub(self.optimizer.learning_rate * gradient)
        return loss
