# Half of it: the mean over the two columns instead of the sum.
def with_balance(network, optimizer):
    s = keras.Variable([0.0, 0.0], name="s")
    network.balance_s = s
    network.compile(optimizer=optimizer, loss=lambda y, p: tf.exp(-s) * tf.square(y - p) + s)
    return network, s
