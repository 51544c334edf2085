# Two steps, one after the other: the alarm head is trained on the code after the encoder's update.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    rate = float(optimizer.learning_rate)
    wear_side = encoder.trainable_variables + wear_head.trainable_variables
    with tf.GradientTape() as tape:
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(encoder(x))))
    for gradient, variable in zip(tape.gradient(wear_loss, wear_side), wear_side):
        variable.assign_sub(rate * gradient)
    code = encoder(x)
    with tf.GradientTape() as tape:
        alarm_loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, alarm_head(code)))
    for gradient, variable in zip(
        tape.gradient(alarm_loss, alarm_head.trainable_variables), alarm_head.trainable_variables
    ):
        variable.assign_sub(rate * gradient)
    return wear_loss + alarm_loss
