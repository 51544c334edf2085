def prepare(images, train_images):
    norm = keras.layers.Normalization(axis=None)
    norm.adapt(np.ravel(train_images))
    return np.array(norm(images.reshape(len(images), 64)))


class Strokes(keras.layers.Layer):
    """A few strokes that are looked for in the image: tanh(images @ kernel + bias)."""

    def __init__(self, units, **kwargs):
        super().__init__(**kwargs)
        self.units = units

    def build(self, shape):
        self.kernel = self.add_weight(shape=(shape[-1], self.units), initializer="glorot_uniform", name="kernel")
        self.bias = self.add_weight(shape=(self.units,), initializer="zeros", name="bias")

    def call(self, images):
        return tf.tanh(images @ self.kernel + self.bias)


class Aim(tf.Module):
    """The loss: the digit's cross-entropy, and the picture's squared error with a weight that is trained."""

    def __init__(self):
        super().__init__()
        self.s = tf.Variable(0.0, name="s")

    def __call__(self, labels, images, digit, picture):
        digit_error = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels, digit))
        picture_error = tf.reduce_mean(tf.square(images - picture))
        return digit_error + tf.exp(-self.s) * picture_error + self.s


def make_optimizer(batches_per_epoch):
    """Momentum, gradients clipped at 1, and a rate that begins at 0.1 and halves every four epochs."""
    rate = keras.optimizers.schedules.ExponentialDecay(
        0.1, decay_steps=4 * batches_per_epoch, decay_rate=0.5
    )
    return keras.optimizers.SGD(rate, momentum=0.9, global_clipnorm=1.0)


class Trainer:
    """Makes training steps. Until epoch `thaw` only the two outputs and the loss learn, then everything."""

    def __init__(self, model, aim, optimizer, thaw):
        self.model, self.aim, self.optimizer, self.thaw = model, aim, optimizer, thaw
        self.epoch = 0
        optimizer.build([*model.trainable_variables, *aim.trainable_variables])

    def start_epoch(self, epoch):
        self.epoch = epoch

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


def train(train_images, train_labels, epochs, seed):
    """Train a new model on raw images and their labels. Returns the model."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model, aim = build_model(), Aim()
    trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
    for epoch in range(epochs):
        trainer.start_epoch(epoch)
        losses = [float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng)]
        print(f"epoch {epoch + 1:>2}: loss {np.mean(losses):.4g}")
    return model
