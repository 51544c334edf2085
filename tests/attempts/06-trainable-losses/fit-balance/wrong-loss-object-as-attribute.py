# Keras does not look for variables inside a loss object.
def with_balance(network, optimizer):
    balance = BalancedLoss()
    network.balance = balance
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
