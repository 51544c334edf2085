# The same layers in a Keras model of their own, trained by Keras.
def train_step(encoder, head, optimizer, x, y):
    model = keras.Sequential([encoder, keras.layers.UnitNormalization(), head])
    model.compile(optimizer=optimizer, loss="mse")
    return model.train_on_batch(x, y)
