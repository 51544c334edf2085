# fit trains the model's variables; s is the loss object's.
def with_balance(network, optimizer):
    balance = BalancedLoss()
    network.compile(optimizer=optimizer, loss=balance)
    return network, balance.s
