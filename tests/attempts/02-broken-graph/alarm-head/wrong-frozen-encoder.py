# The encoder is left out of the list, so nothing disturbs it, and nothing teaches it.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    variables = wear_head.trainable_variables + alarm_head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, alarm_head(code)))
        total = wear_loss + alarm_loss
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
