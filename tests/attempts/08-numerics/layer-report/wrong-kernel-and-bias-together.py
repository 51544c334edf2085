# The norm over kernel and bias of a layer together.
def layer_report(model, x, y):
    with tf.GradientTape(persistent=True) as tape:
        outputs, output = [], x
        for layer in model.layers:
            output = layer(output)
            outputs.append(output)
        error = tf.reduce_mean(tf.square(y - output))
    report = []
    for layer, output in zip(model.layers, outputs):
        weights = layer.trainable_variables
        norm = float(tf.linalg.global_norm(tape.gradient(error, weights))) if weights else None
        report.append((layer.name, bool(np.isfinite(output.numpy()).all()), norm))
    return report
