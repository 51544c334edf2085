# Keras' own sigmoid notes its logits on the result, and Keras' loss reads them.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        p = keras.activations.sigmoid(model(x, training=True))
        loss = keras.losses.BinaryCrossentropy()(y, p)
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
