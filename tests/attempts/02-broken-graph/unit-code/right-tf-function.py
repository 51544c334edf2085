def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    optimizer.build(variables)

    @tf.function
    def run(x, y):
        with tf.GradientTape() as tape:
            code = keras.ops.normalize(encoder(x), axis=1)
            loss = keras.ops.mean(keras.ops.square(y - head(code)))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss

    return run(x, y)
