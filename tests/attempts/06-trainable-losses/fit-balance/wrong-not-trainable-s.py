def with_balance(network, optimizer):
    balance = BalancedLoss()
    balance.s = keras.Variable([0.0, 0.0], trainable=False, name="s")
    network.balance_s = balance.s
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
