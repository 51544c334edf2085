def rate_step(model, optimizer, x, stars):
    target = stars[:, None]
    with tf.GradientTape() as tape:
        rating = model(x)
        loss = tf.reduce_mean((target - rating) ** 2)
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    off = np.mean(np.abs(target.numpy() - np.round(rating.numpy())))
    return float(loss), float(off)
