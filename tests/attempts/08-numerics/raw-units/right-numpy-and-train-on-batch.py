def train(model, optimizer, x, y, batches):
    x, y = np.array(x, dtype="float64"), np.array(y)
    deviation = x.std(axis=0)
    deviation[deviation == 0] = 1
    x = ((x - x.mean(axis=0)) / deviation).astype("float32")
    model.compile(optimizer=optimizer, loss="mse")
    return [float(model.train_on_batch(x[rows], y[rows])) for rows in batches]
