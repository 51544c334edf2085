# The alarm head gets the code as plain numbers.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    fixed = encoder(x).numpy()
    variables = [v for layer in (encoder, wear_head, alarm_head) for v in layer.trainable_variables]
    with tf.GradientTape() as tape:
        logits = alarm_head(tf.constant(fixed))
        total = tf.reduce_mean((wear - wear_head(encoder(x))) ** 2)
        total += tf.reduce_mean(tf.nn.softplus(logits) - alarm * logits)
    gradients = tape.gradient(total, variables)
    optimizer.apply_gradients([(g, v) for g, v in zip(gradients, variables)])
    return total.numpy()
