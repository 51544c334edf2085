# fault: overwritten-update
# tabular regression with a guard that keeps the best weights seen on the validation set
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(27)
X = np.random.randn(450, 10).astype("float32")
y = (np.sin(X[:, :1]) + 0.6 * X[:, 1:2] * X[:, 2:3] + 0.5 * X[:, 3:4] + 0.2 * np.random.randn(450, 1)).astype("float32")
Xt, yt, Xv, yv = X[:350], y[:350], X[350:], y[350:]

net = tf.keras.Sequential([
    tf.keras.Input((10,)),
    tf.keras.layers.Dense(24, activation="relu"),
    tf.keras.layers.Dense(1),
])
mse = tf.keras.losses.MeanSquaredError()
opt = tf.keras.optimizers.Adam(1e-3)
PATIENCE, MIN_DELTA = 20, 0.05
best_val, best = np.inf, None

for step in range(110):
    rows = np.random.choice(350, 64, replace=False)
    with tf.GradientTape() as tape:
        loss = mse(yt[rows], net(Xt[rows], training=True))
    opt.apply_gradients(zip(tape.gradient(loss, net.trainable_variables), net.trainable_variables))
    val = float(mse(yv, net(Xv)))
    if val < best_val - MIN_DELTA or step < PATIENCE:
        best_val, best = val, net.get_weights()
    else:
        net.set_weights(best)
    if step % 20 == 0:
        print(f"{step:3d} train {float(loss):.3f} val {val:.3f} best {best_val:.3f}")
