# The models do not share anything, so each may be trained on its batches in one go.
def train_districts(models, batches, rate, momentum):
    losses = [None] * len(batches)
    for wanted, model in models.items():
        optimizer = keras.optimizers.SGD(rate, momentum=momentum)
        for i, (name, x, y) in enumerate(batches):
            if name == wanted:
                with tf.GradientTape() as tape:
                    loss = tf.reduce_mean(tf.square(y - model(x)))
                gradients = tape.gradient(loss, model.trainable_variables)
                optimizer.apply_gradients(zip(gradients, model.trainable_variables))
                losses[i] = float(loss)
    return losses
