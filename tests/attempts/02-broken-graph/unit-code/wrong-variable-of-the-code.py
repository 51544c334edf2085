# A variable made of the code is a copy: it has a gradient, the encoder has none.
def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = tf.Variable(encoder(x))
        loss = tf.reduce_mean(tf.square(y - head(code / tf.norm(code, axis=1, keepdims=True))))
    gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients([(g, v) for g, v in zip(gradients, variables) if g is not None])
    return loss
