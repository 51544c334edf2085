class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = tf.Variable(0, trainable=False)
        self.everything = [*model.trainable_variables, *aim.trainable_variables]
        optimizer.build(self.everything)

    def start_epoch(self, epoch):
        self.epoch.assign(epoch)

    @tf.function(autograph=False)
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        few = [v for n in ("digit", "picture") for v in self.model.get_layer(n).trainable_variables]
        few += list(self.aim.trainable_variables)
        gradients = tape.gradient(loss, self.everything)
        pairs = list(zip(gradients, self.everything))
        few_pairs = [(g, v) for g, v in pairs if any(v is w for w in few)]

        def late():
            self.optimizer.apply_gradients(pairs)
            return 0

        def early():
            self.optimizer.apply_gradients(few_pairs)
            return 0

        tf.cond(self.epoch >= self.thaw, late, early)
        return loss
