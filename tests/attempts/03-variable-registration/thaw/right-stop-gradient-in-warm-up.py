# During the warm-up the body's output is cut off.
def fine_tune(model, batches, warm_up, rate):
    body, head = model.get_layer("body"), model.get_layer("head")
    losses = []
    for i, (x, y) in enumerate(batches):
        with tf.GradientTape() as tape:
            features = body(x)
            if i < warm_up:
                features = tf.stop_gradient(features)
            loss = tf.reduce_mean(tf.square(y - head(features)))
        weights = model.trainable_weights
        for v, g in zip(weights, tape.gradient(loss, weights)):
            if g is not None:
                v.assign_sub(rate * g)
        losses.append(float(loss))
    return losses
