def alarm_step(encoder, wear_head, alarm_head, optimizer, x, wear, alarm):
    variables = [v for layer in (encoder, wear_head, alarm_head) for v in layer.trainable_variables]
    optimizer.build(variables)

    @tf.function
    def run():
        with tf.GradientTape() as tape:
            code = encoder(x)
            logits = alarm_head(keras.ops.stop_gradient(code))
            losses = [
                tf.reduce_mean(tf.math.squared_difference(wear, wear_head(code))),
                tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(alarm, logits)),
            ]
        gradients = tape.gradient(losses, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        return tf.add_n(losses)

    return run()
