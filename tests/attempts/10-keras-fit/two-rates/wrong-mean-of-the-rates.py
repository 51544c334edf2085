# one optimizer at a rate between the two
def build_model(base, head, slow, fast):
    model = keras.Sequential([keras.Input((base.kernel.shape[0],)), base, head])
    model.compile(keras.optimizers.SGD((slow * fast) ** 0.5), "mse")
    return model
