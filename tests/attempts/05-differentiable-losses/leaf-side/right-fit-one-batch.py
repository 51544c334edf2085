# One epoch of one batch is one step.
def train_step(model, optimizer, x, side):
    if getattr(model, "optimizer", None) is not optimizer:
        model.compile(optimizer, loss=lambda s, score: tf.reduce_mean(tf.nn.softplus(-s * score)))
    return model.fit(x, side, batch_size=len(x), epochs=1, verbose=0).history["loss"][0]
