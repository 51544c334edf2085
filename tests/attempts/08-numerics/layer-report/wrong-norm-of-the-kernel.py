# The size of the kernel itself, not of its gradient.
def layer_report(model, x, y):
    report, output = [], x
    for layer in model.layers:
        output = layer(output)
        norm = float(tf.norm(layer.kernel)) if hasattr(layer, "kernel") else None
        report.append((layer.name, bool(np.isfinite(output.numpy()).all()), norm))
    return report
