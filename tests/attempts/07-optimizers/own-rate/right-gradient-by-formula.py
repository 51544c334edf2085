def fit_demand(kernel, x, y, share, steps):
    a, b, k = x.numpy().astype(float), y.numpy().astype(float), kernel.numpy().astype(float)
    rate = float(share * len(a) / np.linalg.svd(a)[1][0] ** 2)
    losses = []
    for _ in range(steps):
        error = a @ k - b
        losses.append(float((error**2).mean()))
        k = k - rate * 2 / len(a) * a.T @ error
    kernel.assign(k.astype("float32"))
    return rate, losses
