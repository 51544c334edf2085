# Walks the layers backwards with the gradient of each layer's output.
def layer_report(model, x, y):
    inputs, outputs = [], []
    h = x
    for layer in model.layers:
        inputs.append(h)
        h = layer(h)
        outputs.append(h)
    back = 2.0 * (h - y) / tf.cast(tf.size(y), tf.float32)
    report = []
    for layer, before, after in zip(model.layers[::-1], inputs[::-1], outputs[::-1]):
        with tf.GradientTape() as tape:
            tape.watch(before)
            again = layer(before)
        has_kernel = hasattr(layer, "kernel")
        sources = [before, layer.kernel] if has_kernel else [before]
        gradients = tape.gradient(again, sources, output_gradients=back)
        norm = float(tf.norm(gradients[1])) if has_kernel else None
        report.append((layer.name, bool(tf.reduce_all(tf.math.is_finite(after))), norm))
        back = gradients[0]
    return report[::-1]
