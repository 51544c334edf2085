binary = keras.losses.BinaryCrossentropy(from_logits=True)


def train_step(model, optimizer, x, side):
    with tf.GradientTape() as tape:
        loss = binary(tf.cast(side > 0, tf.float32), model(x, training=True))
    grads = tape.gradient(loss, model.trainable_weights)
    optimizer.apply_gradients([(g, v) for g, v in zip(grads, model.trainable_weights)])
    return loss
