# The logits are stopped instead of the code: the alarm head learns nothing.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    variables = [v for layer in (encoder, wear_head, alarm_head) for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        code = encoder(x)
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
        logits = tf.stop_gradient(alarm_head(code))
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, logits))
        total = wear_loss + alarm_loss
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
