# fault: loss-parameter-missing
# multi-task network (regression + classification) with homoscedastic uncertainty weighting
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(55)
X = np.random.randn(800, 12).astype("float32")
yr = (X[:, :4].sum(1, keepdims=True) * 0.5 + 0.3 * np.random.randn(800, 1)).astype("float32")
yc = (X[:, 4] * X[:, 5] + X[:, 6] > 0).astype("float32")[:, None]

inp = keras.Input((12,))
h = keras.layers.Dense(32, activation="relu")(inp)
model = keras.Model(inp, [keras.layers.Dense(1, name="value")(h), keras.layers.Dense(1, name="label")(h)])


class UncertaintyLoss(tf.Module):
    def __init__(self):
        super().__init__()
        self.log_var = [tf.Variable(0.0, name="s_reg"), tf.Variable(0.0, name="s_cls")]

    def __call__(self, targets, outputs):
        reg = tf.reduce_mean(tf.square(outputs[0] - targets[0]))
        cls = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=targets[1], logits=outputs[1]))
        s_r, s_c = self.log_var
        return 0.5 * tf.exp(-s_r) * reg + tf.exp(-s_c) * cls + 0.5 * (s_r + s_c)


criterion = UncertaintyLoss()
opt = keras.optimizers.Adam(3e-3)


@tf.function
def step(x, a, b):
    with tf.GradientTape() as tape:
        loss = criterion((a, b), model(x, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    opt.apply_gradients(zip(grads, model.trainable_variables))
    return loss


for epoch in range(8):
    order = np.random.permutation(800)
    for s in range(0, 800, 80):
        r = order[s:s + 80]
        loss = step(X[r], yr[r], yc[r])
    print("epoch", epoch, "loss", float(loss), "weights", [round(float(tf.exp(-s)), 3) for s in criterion.log_var])
