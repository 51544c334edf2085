# Keras 3 does not track a tf.Variable.
def with_balance(network, optimizer):
    balance = BalancedLoss()
    balance.s = tf.Variable([0.0, 0.0], name="s")
    network.balance_s = balance.s
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
