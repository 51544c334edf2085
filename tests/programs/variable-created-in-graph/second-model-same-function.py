# fault: variable-created-in-graph
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(892)
rng = np.random.default_rng(892)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
@tf.function
def train(model, opt, xb, yb):
    with tf.GradientTape() as tape:
        loss = lf(yb, model(xb, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for width in (4, 8):
    model = keras.Sequential([keras.layers.Dense(width, activation="relu"), keras.layers.Dense(3)])
    opt = keras.optimizers.Adam(0.01)
    for i in range(4):
        train(model, opt, x, labels)
