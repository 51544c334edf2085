def weight_cost(model):
    return tf.add_n([tf.reduce_sum(tf.square(layer.kernel)) for layer in model.layers])


def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        parts = [tf.reduce_mean(tf.square(y - model(x))), strength * weight_cost(model)]
    gradients = tape.gradient(parts, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return tf.add_n(parts)
