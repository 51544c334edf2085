def with_balance(network, optimizer):
    balance = BalancedLoss()
    network.trainable = False
    network.balance_s = balance.s
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
