# fault: trained-a-copy
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(18)
rng = np.random.default_rng(18)
centers = rng.normal(size=(4, 10)) * 1.5
lab = rng.integers(0, 4, 1200)
feat = (centers[lab] + rng.normal(size=(1200, 10))).astype("float32")
x_tr, y_tr, x_te, y_te = feat[:1000], lab[:1000], feat[1000:], lab[1000:]


def build():
    inp = keras.Input((10,))
    h = keras.layers.Dense(32, activation="relu")(inp)
    return keras.Model(inp, keras.layers.Dense(4)(h))


class Trainer:
    def __init__(self, model, lr=1e-2):
        self.net = keras.models.clone_model(model)
        self.net.set_weights(model.get_weights())
        self.opt = keras.optimizers.Adam(lr)
        self.loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)

    def run(self, x, y, epochs=6, batch=100):
        for _ in range(epochs):
            order = rng.permutation(len(x))
            for s in range(0, len(x), batch):
                b = order[s:s + batch]
                with tf.GradientTape() as tape:
                    loss = self.loss_fn(y[b], self.net(x[b], training=True))
                g = tape.gradient(loss, self.net.trainable_variables)
                self.opt.apply_gradients(zip(g, self.net.trainable_variables))


def accuracy(model, x, y):
    return float(np.mean(model(x).numpy().argmax(1) == y))


model = build()
print("before", accuracy(model, x_te, y_te))
for round_ in range(3):
    Trainer(model).run(x_tr, y_tr)
    print("round", round_, "test accuracy", accuracy(model, x_te, y_te))
