# The loop works on tensors of its own: the caller's variables never move.
def calibrate(offset, slope, resistance, celsius, rate, steps):
    a, b = tf.constant(offset), tf.constant(slope)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            tape.watch([a, b])
            loss = tf.reduce_mean(tf.square(a + b * tf.math.log(resistance) - celsius))
        da, db = tape.gradient(loss, [a, b])
        a, b = a - rate * da, b - rate * db
        losses.append(float(loss))
    return losses
