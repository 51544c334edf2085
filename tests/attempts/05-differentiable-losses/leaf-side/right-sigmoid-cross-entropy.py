# The same surrogate under another name, with labels 1 and 0.
def train_step(model, optimizer, x, side):
    with tf.GradientTape() as tape:
        score = model(x, training=True)
        oak = (side + 1.0) / 2.0
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=oak, logits=score))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)
