# Moves once, in place, and then no more.
def fit_skips(parameters, songs, skipped, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=skipped, logits=logit))
        gradients = tape.gradient(loss, parameters)
        for name, gradient in gradients.items():
            if not losses:
                parameters[name].assign_sub(rate * gradient)
        losses.append(float(loss))
    return losses
