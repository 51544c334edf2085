# fault: vanishing-gradient
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(51)
rng = np.random.default_rng(51)
X = rng.normal(size=(1000, 8)).astype("float32")
y = (X[:, 0] * X[:, 1] > 0).astype("float32")[:, None]

inputs = keras.Input((8,))
z = inputs
for i in range(10):
    z = keras.layers.Dense(32, activation="sigmoid", name=f"hidden_{i}")(z)
outputs = keras.layers.Dense(1, name="out")(z)
model = keras.Model(inputs, outputs)

optimizer = keras.optimizers.SGD(0.1, momentum=0.9)
loss_fn = keras.losses.BinaryCrossentropy(from_logits=True)


@tf.function
def train_step(xb, yb):
    with tf.GradientTape() as tape:
        loss = loss_fn(yb, model(xb, training=True))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return loss


data = tf.data.Dataset.from_tensor_slices((X, y)).shuffle(1000, seed=1).batch(100)
for epoch in range(40):
    mean = np.mean([float(train_step(a, b)) for a, b in data])
    if epoch % 8 == 7:
        acc = np.mean((model(X).numpy() > 0) == (y > 0))
        print(f"epoch {epoch + 1} loss {mean:.4f} accuracy {acc:.3f}")
