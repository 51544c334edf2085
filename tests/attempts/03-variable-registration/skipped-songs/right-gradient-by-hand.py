# The derivative of the cross-entropy is known: probability minus label.
def fit_skips(parameters, songs, skipped, rate, steps):
    losses = []
    for _ in range(steps):
        logit = tf.linalg.matvec(songs, parameters["weight"]) + parameters["bias"]
        losses.append(tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(skipped, logit)))
        error = (tf.sigmoid(logit) - skipped) / tf.cast(tf.size(skipped), tf.float32)
        parameters["weight"].assign_sub(rate * tf.linalg.matvec(songs, error, transpose_a=True))
        parameters["bias"].assign_sub(rate * tf.reduce_sum(error))
    return losses
