# Keras 3 remembers the list that the optimizer was built with.
def train_step(model, optimizer, x, y):
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    with tf.GradientTape() as tape:
        loss = mean_squared_error(y, model(x))
    optimizer.apply(tape.gradient(loss, model.trainable_variables))
    return loss
