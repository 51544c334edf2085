# Lets an optimizer do it.
def fit_skips(parameters, songs, skipped, rate, steps):
    optimizer = keras.optimizers.SGD(rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=skipped, logits=logit))
        gradients = tape.gradient(loss, parameters)
        optimizer.apply_gradients([(gradients[name], parameters[name]) for name in parameters])
        losses.append(float(loss))
    return losses
