# The program as it was given.
def layer_report(model, x, y):
    """For each layer: (name, is its output finite, norm of its kernel's gradient or None)."""
    error = tf.reduce_mean(tf.square(y - model(x)))
    return [(layer.name, bool(tf.math.is_finite(error)), None) for layer in model.layers]
