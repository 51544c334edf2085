def patient_step(model, optimizer, x, y):
    complete = np.isfinite(x.numpy()).all(axis=1) & np.isfinite(y.numpy()).all(axis=1)
    if not complete.any():
        return 0.0
    model.compile(optimizer=optimizer, loss="mse")
    return model.train_on_batch(x.numpy()[complete], y.numpy()[complete])
