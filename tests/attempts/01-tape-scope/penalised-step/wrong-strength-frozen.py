# Uses the strength of the first call for ever.
seen = []


def penalised_step(model, optimizer, x, y, strength):
    seen.append(0.1)
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        total = error + seen[0] * tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
