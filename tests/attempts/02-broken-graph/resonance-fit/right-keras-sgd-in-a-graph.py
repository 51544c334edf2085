def fit_step(gain, damping, speed, vibration, rate):
    optimizer = keras.optimizers.SGD(rate)
    optimizer.build([gain, damping])

    @tf.function
    def run():
        with tf.GradientTape() as tape:
            squared = tf.square(1.0 - tf.square(speed)) + tf.square(damping * speed)
            loss = tf.reduce_mean(tf.square(gain * tf.pow(squared, -0.5) - vibration))
        optimizer.apply_gradients(zip(tape.gradient(loss, [gain, damping]), [gain, damping]))
        return loss

    return run()
