# Memory would suffice here; the step is the same.
def step_in_parts(model, optimizer, parts):
    x = tf.concat([x for x, _ in parts], axis=0)
    y = tf.concat([y for _, y in parts], axis=0)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x, training=True))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return loss
