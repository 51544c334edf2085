# Keras makes the whole step; the loss that it returns is the one before the update.
def train_step(model, optimizer, x, side):
    if getattr(model, "optimizer", None) is not optimizer:
        model.compile(optimizer, loss=lambda s, score: tf.reduce_mean(tf.math.log1p(tf.exp(-s * score))))
    return model.train_on_batch(x, side, return_dict=True)["loss"]
