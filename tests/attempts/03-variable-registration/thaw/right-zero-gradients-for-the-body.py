# Everything is always in the list; during the warm-up the body's gradients count 0.
def fine_tune(model, batches, warm_up, rate):
    optimizer, losses = keras.optimizers.SGD(rate), []
    body = {v.path for v in model.get_layer("body").variables}
    for i, (x, y) in enumerate(batches):
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        variables = model.trainable_variables
        gradients = tape.gradient(loss, variables)
        share = [0.0 if v.path in body and i < warm_up else 1.0 for v in variables]
        optimizer.apply([s * g for s, g in zip(share, gradients)], variables)
        losses.append(float(loss))
    return losses
