# One verdict for all layers: whether the last output is finite.
def layer_report(model, x, y):
    kernels = [layer.kernel for layer in model.layers if hasattr(layer, "kernel")]
    with tf.GradientTape() as tape:
        prediction = model(x)
        error = tf.reduce_mean(tf.square(y - prediction))
    norms = iter(float(tf.norm(g)) for g in tape.gradient(error, kernels))
    finite = bool(np.isfinite(prediction.numpy()).all())
    return [(layer.name, finite, next(norms) if hasattr(layer, "kernel") else None) for layer in model.layers]
