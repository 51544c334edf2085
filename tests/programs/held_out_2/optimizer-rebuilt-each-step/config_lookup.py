# fault: optimizer-rebuilt-each-step
# Trains from a configuration dictionary, as an experiment manager hands it over.
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(47)

CONFIG = {
    "hidden": 24,
    "epochs": 6,
    "batch": 48,
    "optimizer": keras.optimizers.serialize(
        keras.optimizers.Adam(keras.optimizers.schedules.CosineDecay(
            initial_learning_rate=0.0, warmup_target=0.02, warmup_steps=6, decay_steps=200))),
}

rng = np.random.default_rng(47)
x = rng.normal(size=(288, 6)).astype("float32")
y = (np.abs(x[:, 0]) + x[:, 1] > 0.8).astype("float32")[:, None]
model = keras.Sequential([
    keras.Input((6,)),
    keras.layers.Dense(CONFIG["hidden"], activation="relu"),
    keras.layers.Dense(1),
])


def train_batch(model, xb, yb, config):
    optimizer = keras.optimizers.get(config["optimizer"])
    with tf.GradientTape() as tape:
        logits = model(xb, training=True)
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=logits))
    grads = tape.gradient(loss, model.trainable_variables)
    optimizer.apply_gradients(zip(grads, model.trainable_variables))
    return float(loss)


data = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(288, seed=7).batch(CONFIG["batch"])
for epoch in range(CONFIG["epochs"]):
    losses = [train_batch(model, xb, yb, CONFIG) for xb, yb in data]
    print(f"epoch {epoch} loss {np.mean(losses):.4f}")
