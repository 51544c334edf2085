# Switches all graphs off, so that the epoch is read in each step and nothing is a tf.function any more.
class Trainer:
    def __init__(self, model, aim, optimizer, thaw):
        tf.config.run_functions_eagerly(True)
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

    @tf.function
    def step(self, images, labels):
        with tf.GradientTape() as tape:
            loss = self.aim(labels, images, *self.model(images))
        if self.epoch >= self.thaw:
            layers = self.model.layers
        else:
            layers = [self.model.get_layer("digit"), self.model.get_layer("picture")]
        variables = [v for layer in layers for v in layer.trainable_variables]
        variables += self.aim.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss
