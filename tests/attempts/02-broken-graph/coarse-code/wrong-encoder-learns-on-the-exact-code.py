# The head follows the loss on the rounded code, the encoder a second loss on the exact code.
def coarse_step(encoder, head, optimizer, x, y, levels):
    with tf.GradientTape(persistent=True) as tape:
        code = encoder(x)
        coarse = tf.round(code * levels) / levels
        loss = tf.reduce_mean(tf.square(y - head(coarse)))
        smooth_loss = tf.reduce_mean(tf.square(y - head(code)))
    gradients = tape.gradient(smooth_loss, encoder.trainable_variables)
    gradients += tape.gradient(loss, head.trainable_variables)
    optimizer.apply_gradients(zip(gradients, encoder.trainable_variables + head.trainable_variables))
    return loss
