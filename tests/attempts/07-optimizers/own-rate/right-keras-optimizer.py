def fit_demand(kernel, x, y, share, steps):
    rate = share * 2 / float(np.linalg.norm(2 / x.shape[0] * x.numpy().T @ x.numpy(), 2))
    optimizer = keras.optimizers.SGD(learning_rate=rate)
    losses = []
    for _ in range(steps):
        with tf.GradientTape() as tape:
            loss = keras.losses.MeanSquaredError()(y, x @ kernel)
        optimizer.apply([tape.gradient(loss, kernel)], [kernel])
        losses.append(loss.numpy())
    return rate, losses
