class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.awake = tf.Variable(0.0, trainable=False)
        self.variables = [*model.trainable_variables, *aim.trainable_variables]
        optimizer.build(self.variables)

    def start_epoch(self, epoch):
        self.awake.assign(float(epoch >= self.thaw))

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            digit, picture = self.model(images, training=True)
            loss = self.aim(labels, images, digit, picture)
        sleepers = [v.path for name in ("strokes", "mix") for v in self.model.get_layer(name).trainable_variables]
        gradients = tape.gradient(loss, self.variables)
        gradients = [
            g * self.awake if getattr(v, "path", "") in sleepers else g for g, v in zip(gradients, self.variables)
        ]
        self.optimizer.apply_gradients(zip(gradients, self.variables))
        return loss
