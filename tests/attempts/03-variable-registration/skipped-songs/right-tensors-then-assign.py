# Descends with plain tensors, and writes the result into the variables at the end.
def fit_skips(parameters, songs, skipped, rate, steps):
    weight, bias = tf.identity(parameters["weight"]), tf.identity(parameters["bias"])
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch([weight, bias])
            logit = tf.linalg.matvec(songs, weight) + bias
            loss = tf.reduce_mean(tf.math.softplus(logit) - skipped * logit)
        d_weight, d_bias = tape.gradient(loss, [weight, bias])
        weight, bias = weight - rate * d_weight, bias - rate * d_bias
        losses.append(float(loss))
    parameters["weight"].assign(weight)
    parameters["bias"].assign(bias)
    return losses
