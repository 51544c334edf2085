# one optimizer at the fast rate
def build_model(base, head, slow, fast):
    model = keras.Sequential([keras.Input((base.kernel.shape[0],)), base, head])
    model.compile(keras.optimizers.SGD(fast), "mse")
    return model
