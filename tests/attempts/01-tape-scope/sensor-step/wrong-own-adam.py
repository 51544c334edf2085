# Learns, but not with the optimizer that it was given.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    keras.optimizers.Adam(0.01).apply_gradients(zip(gradients, model.trainable_variables))
    return loss
