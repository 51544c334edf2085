# Looks for infinity and not for NaN.
def layer_report(model, x, y):
    kernels = [layer.kernel for layer in model.layers if hasattr(layer, "kernel")]
    finite = []
    with tf.GradientTape() as tape:
        output = x
        for layer in model.layers:
            output = layer(output)
            finite.append(not bool(np.isinf(output.numpy()).any()))
        error = tf.reduce_mean(tf.square(y - output))
    gradients = tape.gradient(error, kernels)
    norms = iter([float(tf.norm(gradient)) for gradient in gradients])
    return [
        (layer.name, ok, next(norms) if hasattr(layer, "kernel") else None)
        for layer, ok in zip(model.layers, finite)
    ]
