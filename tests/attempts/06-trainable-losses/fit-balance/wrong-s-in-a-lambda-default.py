# The values of s, once, as they are at compile time.
def with_balance(network, optimizer):
    s = keras.Variable([0.0, 0.0], name="s")
    network.balance_s = s
    values = s.numpy()
    network.compile(
        optimizer=optimizer,
        loss=lambda y, p: tf.reduce_sum(tf.exp(-values) * tf.reduce_mean(tf.square(y - p), axis=0) + values),
    )
    return network, s
