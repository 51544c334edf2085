# The missing parts are added, the barrier stays where it was: the encoder gets None.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    variables = [v for layer in (encoder, wear_head, alarm_head) for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        code = tf.stop_gradient(encoder(x))
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, alarm_head(code)))
        total = wear_loss + alarm_loss
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
