# Thaws the kernel and forgets the bias.
def fine_tune(model, batches, warm_up, rate):
    body, head = model.get_layer("body"), model.get_layer("head")
    losses = []
    for i, (x, y) in enumerate(batches):
        variables = [head.kernel, head.bias] + ([body.kernel] if i >= warm_up else [])
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(rate * g)
        losses.append(float(loss))
    return losses
