# Fake quantisation with 256 whole numbers is a rounding that passes gradients within its range.
def code_step(encoder, decoder, optimizer, x):
    variables = encoder.trainable_variables + decoder.trainable_variables
    with tf.GradientTape() as tape:
        sent = tf.quantization.fake_quant_with_min_max_args(encoder(x), min=-128.0, max=127.0, num_bits=8)
        loss = tf.reduce_mean(tf.square(x - decoder(sent)))
    optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
    return loss
