# Trains a deep copy of the parameters.
def fit_skips(parameters, songs, skipped, rate, steps):
    parameters = {name: tf.Variable(value) for name, value in parameters.items()}
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=skipped, logits=logit))
        gradients = tape.gradient(loss, parameters)
        for name, gradient in gradients.items():
            parameters[name].assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
