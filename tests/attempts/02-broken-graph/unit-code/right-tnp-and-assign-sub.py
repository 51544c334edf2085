import tensorflow.experimental.numpy as tnp


def train_step(encoder, head, optimizer, x, y):
    variables = encoder.trainable_variables + head.trainable_variables
    with tf.GradientTape() as tape:
        code = encoder(x)
        length = tnp.sqrt(tnp.sum(code**2, axis=1, keepdims=True))
        loss = tnp.mean((y - head(code / length)) ** 2)
    rate = float(optimizer.learning_rate.numpy())
    for variable, gradient in zip(variables, tape.gradient(loss, variables)):
        variable.assign(variable - rate * gradient)
    return loss
