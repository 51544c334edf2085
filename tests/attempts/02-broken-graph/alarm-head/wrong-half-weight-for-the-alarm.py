# The alarm's influence is made small instead of none.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    variables = [v for layer in (encoder, wear_head, alarm_head) for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        code = encoder(x)
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(code)))
        mostly_fixed = 0.2 * code + tf.stop_gradient(0.8 * code)
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, alarm_head(mostly_fixed)))
        total = wear_loss + alarm_loss
    optimizer.apply_gradients(zip(tape.gradient(total, variables), variables))
    return total
