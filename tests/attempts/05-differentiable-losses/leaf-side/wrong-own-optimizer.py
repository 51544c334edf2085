# Learns the surrogate with an optimizer of its own.
def train_step(model, optimizer, x, side):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.softplus(-side * model(x)))
    gradients = tape.gradient(loss, model.trainable_variables)
    keras.optimizers.RMSprop(0.01).apply_gradients(zip(gradients, model.trainable_variables))
    return loss
