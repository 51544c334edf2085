# The pairs are right now; the gradients of the other parts are forgotten.
def step_in_parts(model, optimizer, parts):
    variables = model.trainable_variables
    for x, y in parts:
        with tf.GradientTape() as tape:
            loss = mean_squared_error(y, model(x, training=True))
        gradients = tape.gradient(loss, variables)
    optimizer.apply_gradients(zip(gradients, variables))
    return loss
