# fault: trained-a-copy
import keras
import numpy as np
import tensorflow as tf

keras.utils.set_random_seed(648)
rng = np.random.default_rng(648)
x = rng.normal(size=(120, 4)).astype("float32")
labels = np.argmax(x @ rng.normal(size=(4, 3)), axis=1).astype("int32")
model = keras.Sequential([
    keras.layers.Input((4,)),
    keras.layers.Dense(16, activation="relu"),
    keras.layers.Dense(3),
])
student = keras.Sequential.from_config(model.get_config())
opt = keras.optimizers.Adam(0.01)
lf = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
for i in range(8):
    with tf.GradientTape() as tape:
        loss = lf(labels, student(x))
    opt.apply_gradients(zip(tape.gradient(loss, student.trainable_variables), student.trainable_variables))
    accuracy = np.mean(np.argmax(model(x).numpy(), axis=1) == labels)
    print(float(loss), accuracy)
