def penalised_step(model, optimizer, x, y, strength):
    variables = model.trainable_variables
    with tf.GradientTape() as first:
        error = keras.losses.MeanSquaredError()(y, model(x))
    with tf.GradientTape() as second:
        penalty = strength * tf.add_n([tf.reduce_sum(tf.square(v)) for v in variables if len(v.shape) == 2])
    of_error = first.gradient(error, variables)
    of_penalty = second.gradient(penalty, variables)
    pairs = [(g if h is None else g + h, v) for g, h, v in zip(of_error, of_penalty, variables)]
    optimizer.apply_gradients(pairs)
    return error + penalty
