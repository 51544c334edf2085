def train_step(model, optimizer, x, y):
    model.compile(optimizer=optimizer, loss=keras.losses.BinaryCrossentropy(from_logits=True))
    return model.train_on_batch(x, y)
