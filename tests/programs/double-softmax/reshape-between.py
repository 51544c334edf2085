# fault: double-softmax
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(101)
rng = np.random.default_rng(101)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
model = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(6, activation="softmax"), keras.layers.Reshape((2, 3))])
tgt = np.stack([labels, labels], axis=1)
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
opt = keras.optimizers.Adam(0.01)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = lf(tgt, model(x, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for i in range(8):
    step()
