def with_balance(network, optimizer):
    copy = keras.models.clone_model(network)
    copy.set_weights(network.get_weights())
    balance = BalancedLoss()
    copy.balance_s = balance.s
    copy.compile(optimizer=optimizer, loss=balance)
    return copy, balance.s
