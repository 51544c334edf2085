def make_optimizer(batches_per_epoch):
    class Halving(keras.optimizers.schedules.LearningRateSchedule):
        def __call__(self, step):
            return 0.1 * tf.pow(0.5, tf.cast(step, tf.float32) / (4.0 * batches_per_epoch))

    return keras.optimizers.SGD(Halving(), momentum=0.9, global_clipnorm=1.0)


def train(train_images, train_labels, epochs, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = ((train_images - train_images.mean()) / train_images.std()).reshape(-1, 64).astype("float32")
    image = keras.Input((64,))
    code = keras.layers.Dense(10, "tanh", name="strokes")(image)
    mixed = keras.layers.Dense(24, "tanh", name="mix")(code)
    digit, picture = keras.layers.Dense(10, name="digit")(mixed), keras.layers.Dense(64, name="picture")(mixed)
    model = keras.Model(image, [digit, picture])
    s = tf.Variable(0.0)
    everything = [*model.trainable_variables, s]
    heads = everything[4:]
    optimizer = make_optimizer(len(rows) // 40)
    optimizer.build(everything)

    @tf.function
    def step(x, y, awake):
        with tf.GradientTape() as tape:
            digit, picture = model(x)
            reading = tf.reduce_mean(keras.losses.sparse_categorical_crossentropy(y, digit, from_logits=True))
            loss = reading + tf.exp(-s) * tf.reduce_mean((picture - x) ** 2) + s
        chosen = everything if awake else heads
        optimizer.apply(tape.gradient(loss, chosen), chosen)

    for epoch in range(epochs):
        for x, y in batches(rows, train_labels, rng):
            step(x, y, epoch >= 2)
    return model
