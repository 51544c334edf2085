# fault: huge-learning-rate
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(943)
rng = np.random.default_rng(943)
images = rng.normal(size=(64, 8, 8, 1)).astype("float32")
labels = (images.mean(axis=(1, 2, 3)) > 0).astype("int32")
model = keras.Sequential([keras.layers.Input((8, 8, 1)), keras.layers.Conv2D(6, 3, activation="relu"), keras.layers.Flatten(), keras.layers.Dense(2)])
opt = keras.optimizers.SGD(3.0, momentum=0.9)
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
@tf.function
def step():
    with tf.GradientTape() as tape:
        loss = lf(labels, model(images, training=True))
    opt.apply_gradients(zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables))
    return loss
for i in range(20):
    step()
