def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    code = encoder(x)
    with tf.GradientTape() as for_alarm:
        alarm_loss = tf.reduce_mean(
            keras.losses.binary_crossentropy(alarm, alarm_head(code), from_logits=True)
        )
    with tf.GradientTape() as for_wear:
        wear_loss = tf.reduce_mean(tf.square(wear - wear_head(encoder(x))))
    wear_side = encoder.trainable_variables + wear_head.trainable_variables
    alarm_side = alarm_head.trainable_variables
    pairs = [*zip(for_wear.gradient(wear_loss, wear_side), wear_side)]
    pairs += [*zip(for_alarm.gradient(alarm_loss, alarm_side), alarm_side)]
    for gradient, variable in pairs:
        variable.assign_sub(optimizer.learning_rate * gradient)
    return wear_loss + alarm_loss
