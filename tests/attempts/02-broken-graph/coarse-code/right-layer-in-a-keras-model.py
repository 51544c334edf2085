class Link(keras.layers.Layer):
    def __init__(self, levels):
        super().__init__()
        self.levels = levels

    def call(self, code):
        sent = keras.ops.round(code * self.levels) / self.levels
        return code + keras.ops.stop_gradient(sent - code)


def coarse_step(encoder, head, optimizer, x, y, levels):
    model = keras.Sequential([encoder, Link(levels), head])
    model.compile(optimizer=optimizer, loss="mse")
    return model.train_on_batch(x, y)
