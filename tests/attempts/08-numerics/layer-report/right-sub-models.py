# A model up to each layer for the outputs, and one persistent tape for the norms.
def layer_report(model, x, y):
    mse = keras.losses.MeanSquaredError()
    with tf.GradientTape(persistent=True) as tape:
        loss = mse(y, model(x))
    report = []
    for layer in model.layers:
        up_to_here = keras.Model(model.inputs, layer.output)
        finite = np.isfinite(up_to_here(x).numpy()).all()
        norm = None
        if getattr(layer, "kernel", None) is not None:
            norm = np.linalg.norm(tape.gradient(loss, layer.kernel).numpy())
        report.append((layer.name, finite, norm))
    return report
