# fault: none
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(433)
rng = np.random.default_rng(433)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
opt = keras.optimizers.Adam(0.01)
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for i in range(12):
    with tf.GradientTape() as tape:
        logits = model(x, training=True)
        loss = lf(labels, logits)
        accuracy = np.mean(np.argmax(np.array(logits), axis=1) == labels)
        hist = np.asarray(loss)
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
