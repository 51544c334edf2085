def train_step(model, optimizer, x, y):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = -tf.reduce_mean(y * tf.math.log_sigmoid(logits) + (1 - y) * tf.math.log_sigmoid(-logits))
    gradients = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(gradients, model.trainable_variables))
    return loss
