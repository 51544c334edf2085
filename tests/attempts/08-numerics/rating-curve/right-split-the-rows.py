# Wet rows and dry rows apart, and one mean over all of them.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            wet = height > level
            estimate = scale * (height[wet] - level) ** exponent
            squares = tf.reduce_sum((estimate - flow[wet]) ** 2) + tf.reduce_sum(flow[~wet] ** 2)
            loss = squares / tf.cast(tf.size(flow), tf.float32)
        slopes = tape.gradient(loss, {"a": scale, "b": level, "c": exponent})
        scale.assign_sub(rate * slopes["a"])
        level.assign_sub(rate * slopes["b"])
        exponent.assign_sub(rate * slopes["c"])
        losses.append(float(loss))
    return losses
