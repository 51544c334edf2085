def profile_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        prediction = model(x)
        up = tf.reduce_sum(y * prediction, axis=1)
        similarity = tf.reduce_mean(up / (tf.norm(y, axis=1) * tf.norm(prediction, axis=1)))
        loss = 1.0 - similarity
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return similarity
