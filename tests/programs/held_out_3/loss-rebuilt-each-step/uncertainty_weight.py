# fault: loss-rebuilt-each-step
# Trains a yield model with a learned uncertainty term that balances the residuals.
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(160)
rng = np.random.default_rng(160)
soil = rng.normal(size=(256, 5)).astype("float32")
crop = (soil[:, :1] - 0.7 * soil[:, 1:2] + rng.normal(scale=0.3, size=(256, 1))).astype("float32")


class UncertaintyLoss(tf.Module):
    def __init__(self):
        super().__init__()
        self.s = tf.Variable(0.0, name="log_variance")

    def __call__(self, y, p):
        return tf.exp(-self.s) * tf.reduce_mean(tf.square(y - p)) + self.s


model = tf.keras.Sequential([
    tf.keras.Input((5,)),
    tf.keras.layers.Dense(16, activation="tanh"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(0.01)
S_RATE = 0.05

for step in range(60):
    criterion = UncertaintyLoss()
    idx = rng.integers(0, 256, 64)
    with tf.GradientTape() as tape:
        loss = criterion(crop[idx], model(soil[idx]))
    weights = model.trainable_variables
    grads, s_grad = tape.gradient(loss, [weights, criterion.s])
    opt.apply_gradients(zip(grads, weights))
    criterion.s.assign_sub(S_RATE * s_grad)
    if step % 10 == 0:
        print(f"step {step:2d} loss {float(loss):.4f} log variance {float(criterion.s):.4f}")
