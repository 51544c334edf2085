def train_step(model, optimizer, x, y):
    with tf.GradientTape(persistent=True) as tape:
        loss = mean_squared_error(y, model(x, training=True))
    pairs = [(tape.gradient(loss, v), v) for v in model.trainable_variables]
    del tape
    optimizer.apply_gradients(pairs)
    return loss
