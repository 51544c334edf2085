# Trains a copy, and returns its losses.
def fine_tune(model, batches, warm_up, rate):
    copy = keras.models.clone_model(model)
    copy.set_weights(model.get_weights())
    model = copy
    body = model.get_layer("body")
    body.trainable = False
    losses = []
    for i, (x, y) in enumerate(batches):
        if i == warm_up:
            body.trainable = True
        with tf.GradientTape() as tape:
            loss = tf.reduce_mean(tf.square(y - model(x)))
        variables = model.trainable_variables
        for v, g in zip(variables, tape.gradient(loss, variables)):
            v.assign_sub(rate * g)
        losses.append(float(loss))
    return losses
