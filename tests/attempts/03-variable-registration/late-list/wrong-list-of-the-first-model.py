# One list for all models: a second model gets the variables of the first.
known = []


def make_step(model, optimizer):
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x, training=True)))
        if not known:
            known.extend(model.trainable_variables)
        pairs = [(g, v) for g, v in zip(tape.gradient(loss, known), known) if g is not None]
        if pairs:
            optimizer.apply_gradients(pairs)
        return loss

    return step
