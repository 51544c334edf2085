# One SGD step with rate 1 moves each kernel by its gradient; then the weights are put back.
def layer_report(model, x, y):
    outputs, h = [], x
    for layer in model.layers:
        h = layer(h)
        outputs.append(h)
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
    pairs = list(zip(model.trainable_variables, tape.gradient(error, model.trainable_variables)))
    norms = {id(v): float(np.sqrt(np.sum(np.square(g.numpy())))) for v, g in pairs}
    return [
        (layer.name, bool(np.isfinite(h.numpy().sum())), norms.get(id(getattr(layer, "kernel", None))))
        for layer, h in zip(model.layers, outputs)
    ]
