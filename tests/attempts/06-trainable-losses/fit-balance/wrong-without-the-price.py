def with_balance(network, optimizer):
    s = keras.Variable([0.0, 0.0], name="s")
    network.balance_s = s
    network.compile(
        optimizer=optimizer,
        loss=lambda y, p: tf.reduce_sum(tf.exp(-s) * tf.reduce_mean(tf.square(y - p), axis=0)),
    )
    return network, s
