# Returns the right loss and trains nothing.
def train_step(model, optimizer, x, y):
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(y, model(x)))
