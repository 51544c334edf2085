def prepare(images, train_images):
    mean, deviation = float(train_images.mean()), float(np.sqrt(((train_images - train_images.mean()) ** 2).mean()))
    return tf.constant((np.reshape(images, (-1, 64)) - mean) / deviation, tf.float32)


class Strokes(keras.layers.Dense):
    def __init__(self, units, **kwargs):
        super().__init__(units, activation="tanh", **kwargs)
