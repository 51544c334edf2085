# Lets Keras clip after the update: a constraint of the variable.
class Within(keras.constraints.Constraint):
    def __init__(self, limit):
        self.limit = limit

    def __call__(self, w):
        return keras.ops.clip(w, -self.limit, self.limit)


def duet_step(encoder, decoder, encoder_optimizer, decoder_optimizer, x, y, limit):
    decoder.kernel.constraint = Within(limit)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, decoder(encoder(x)))
    groups = encoder.trainable_variables, decoder.trainable_variables
    gradients = tape.gradient(loss, groups)
    for optimizer, g, v in zip((encoder_optimizer, decoder_optimizer), gradients, groups):
        optimizer.apply_gradients(zip(g, v))
    return loss
