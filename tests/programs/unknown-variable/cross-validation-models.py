# fault: unknown-variable
"""Three-fold cross-validation of a small classifier, a new network for every fold."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(26)
rng = np.random.default_rng(26)
X = rng.normal(size=(120, 6)).astype("float32")
Y = (X[:, 0] + 0.5 * X[:, 1] > 0).astype("int32")


def build():
    return keras.Sequential([
        keras.Input((6,)),
        keras.layers.Dense(10, activation="relu"),
        keras.layers.Dense(2),
    ])


loss_fn = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = keras.optimizers.RMSprop(0.01)
folds = np.array_split(rng.permutation(120), 3)

for k in range(3):
    model = build()
    train_idx = np.concatenate([f for j, f in enumerate(folds) if j != k])
    for _ in range(12):
        with tf.GradientTape() as tape:
            loss = loss_fn(Y[train_idx], model(X[train_idx], training=True))
        grads = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(zip(grads, model.trainable_variables))
    scores = model(X[folds[k]]).numpy().argmax(axis=1)
    print("fold", k, "loss", float(loss), "accuracy", float((scores == Y[folds[k]]).mean()))
