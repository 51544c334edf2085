# No barrier: each layer asks for the gradient of its own loss.
def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    with tf.GradientTape(persistent=True) as tape:
        code = encoder(x)
        wear_loss = keras.losses.MeanSquaredError()(wear, wear_head(code))
        alarm_loss = keras.losses.BinaryCrossentropy(from_logits=True)(alarm, alarm_head(code))
    own = encoder.trainable_variables + wear_head.trainable_variables
    gradients = tape.gradient(wear_loss, own) + tape.gradient(alarm_loss, alarm_head.trainable_variables)
    optimizer.apply(gradients, own + alarm_head.trainable_variables)
    return float(wear_loss + alarm_loss)
