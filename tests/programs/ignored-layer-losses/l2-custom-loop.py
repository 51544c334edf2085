# fault: ignored-layer-losses
"""Small regressor with L2 regularised layers, trained in a hand-written loop on few samples."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(17)
rng = np.random.default_rng(17)
x_train = rng.normal(size=(40, 10)).astype("float32")
y_train = x_train[:, :1] - 0.5 * x_train[:, 1:2] + 0.3 * rng.normal(size=(40, 1))
y_train = y_train.astype("float32")

l2 = tf.keras.regularizers.L2(0.05)
model = tf.keras.Sequential([
    tf.keras.Input((10,)),
    tf.keras.layers.Dense(32, activation="relu", kernel_regularizer=l2),
    tf.keras.layers.Dense(32, activation="relu", kernel_regularizer=l2),
    tf.keras.layers.Dense(1),
])
loss_fn = tf.keras.losses.MeanSquaredError()
optimizer = tf.keras.optimizers.Adam(0.005)

for epoch in range(25):
    with tf.GradientTape() as tape:
        predictions = model(x_train, training=True)
        loss = loss_fn(y_train, predictions)
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    if epoch % 5 == 0:
        print(f"epoch {epoch}: loss={loss.numpy():.4f}")
norms = [float(tf.norm(layer.kernel)) for layer in model.layers]
print("kernel norms", np.round(norms, 3))
