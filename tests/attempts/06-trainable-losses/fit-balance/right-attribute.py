def with_balance(network, optimizer):
    balance = BalancedLoss()
    network.balance = balance.s
    network.compile(loss=balance, optimizer=optimizer)
    return network, balance.s
