# One step as a graph.
def fit_skips(parameters, songs, skipped, rate, steps):
    weight, bias = parameters["weight"], parameters["bias"]

    @tf.function
    def step():
        with tf.GradientTape() as tape:
            logit = tf.linalg.matvec(songs, weight) + bias
            loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(skipped, logit))
        for variable, gradient in zip((weight, bias), tape.gradient(loss, (weight, bias))):
            variable.assign_add(-rate * gradient)
        return loss

    return [step().numpy() for _ in range(steps)]
