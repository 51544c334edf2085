# fault: optimizer-rebuilt-each-step
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(165)
rng = np.random.default_rng(165)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
def update(model, xb, yb):
    optimizer = keras.optimizers.SGD(0.05, momentum=0.9)
    with tf.GradientTape() as tape:
        loss = lf(yb, model(xb, training=True))
    optimizer.apply(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    return float(loss)
for epoch in range(4):
    for k in range(0, 120, 40):
        update(model, x[k:k + 40], labels[k:k + 40])
