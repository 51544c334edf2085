# An L2 penalty gives every weight a gradient and teaches none of them.
def train_step(model, optimizer, x, y):
    prediction = model(x, training=True)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(y - prediction))
        total = loss + 0.01 * tf.add_n([tf.reduce_sum(tf.square(v)) for v in model.trainable_variables])
    gradients = tape.gradient(total, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
