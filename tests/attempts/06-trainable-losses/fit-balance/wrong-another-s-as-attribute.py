# The model owns an s, the loss reads another one.
def with_balance(network, optimizer):
    network.balance_s = keras.Variable([0.0, 0.0], name="s")
    network.compile(optimizer=optimizer, loss=BalancedLoss())
    return network, network.balance_s
