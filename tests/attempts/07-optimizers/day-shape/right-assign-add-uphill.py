def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        a, b = tf.math.l2_normalize(y, axis=-1), tf.math.l2_normalize(model(x), axis=-1)
        similarity = tf.reduce_mean(tf.reduce_sum(a * b, axis=-1))
    for v, g in zip(model.trainable_variables, tape.gradient(similarity, model.trainable_variables)):
        v.assign_add(optimizer.learning_rate * g)
    return similarity.numpy()
