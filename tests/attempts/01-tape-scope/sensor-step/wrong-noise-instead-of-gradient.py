# Random movement is movement, and no learning.
def train_step(model, optimizer, x, y):
    loss = tf.reduce_mean(tf.square(y - model(x)))
    for v in model.trainable_variables:
        v.assign_add(tf.random.normal(v.shape, stddev=0.01))
    return loss
