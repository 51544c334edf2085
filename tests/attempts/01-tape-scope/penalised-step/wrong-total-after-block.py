# Differentiates the right number, but its last operation ran after the block: None.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        penalty = tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])
    total = error + strength * penalty
    gradients = tape.gradient(total, model.trainable_variables)
    pairs = [(g, v) for g, v in zip(gradients, model.trainable_variables) if g is not None]
    if pairs:
        optimizer.apply_gradients(pairs)
    return total
