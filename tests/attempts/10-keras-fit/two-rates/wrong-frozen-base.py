# the slow one does not move at all
def build_model(base, head, slow, fast):
    base.trainable = False
    model = keras.Sequential([keras.Input((base.kernel.shape[0],)), base, head])
    model.compile(keras.optimizers.SGD(fast), "mse")
    return model
