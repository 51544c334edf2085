# A functional model.
def SongModel(plays, kernels, biases):
    features, songs = keras.Input((3,)), keras.Input((), dtype="int32")
    popular = keras.layers.Embedding(len(plays), 1)
    value = features
    layers = []
    for i, bias in enumerate(biases):
        layers.append(keras.layers.Dense(len(bias), activation="linear" if i == len(biases) - 1 else "tanh"))
        value = layers[-1](value)
    total = keras.layers.Add()([popular(songs), value])
    model = keras.Model([features, songs], keras.layers.Reshape(())(total))
    popular.set_weights([np.float32(plays).reshape(-1, 1)])
    for layer, kernel, bias in zip(layers, kernels, biases):
        layer.set_weights([kernel, bias])
    return model
