# fault: unzipped-gradients
# Classifies flowers of three species from four measurements in a hand-written loop.
import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
rng = np.random.default_rng(1)
means = np.array([[-1, 0.5, -1.2, -1.2], [0.1, -0.8, 0.3, 0.2], [1, 0, 1.1, 1.2]])
species = rng.integers(0, 3, 150)
flowers = (means[species] + rng.normal(scale=0.4, size=(150, 4))).astype("float32")

inputs = tf.keras.Input((4,))
x = tf.keras.layers.Dense(10, activation="relu")(inputs)
outputs = tf.keras.layers.Dense(3)(x)
model = tf.keras.Model(inputs, outputs)

optimizer = tf.keras.optimizers.Adam(learning_rate=0.02)
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
accuracy = tf.keras.metrics.SparseCategoricalAccuracy()
dataset = tf.data.Dataset.from_tensor_slices((flowers, species)).shuffle(150, seed=1).batch(30)

for epoch in range(10):
    accuracy.reset_state()
    for features, labels in dataset:
        with tf.GradientTape() as tape:
            logits = model(features, training=True)
            loss = loss_object(labels, logits)
        gradients = tape.gradient(loss, model.trainable_variables)
        optimizer.apply_gradients(gradients, model.trainable_variables)
        accuracy.update_state(labels, logits)
    print("epoch", epoch, "loss", float(loss), "accuracy", float(accuracy.result()))
