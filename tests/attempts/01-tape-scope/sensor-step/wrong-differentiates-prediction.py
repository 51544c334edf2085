# Weights move, but down the slope of the prediction instead of the loss.
def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x, training=True)
    loss = tf.reduce_mean(tf.square(y - prediction))
    gradients = tape.gradient(prediction, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
