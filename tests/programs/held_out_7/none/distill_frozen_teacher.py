# fault: none
"""Knowledge distillation: a trained teacher stays frozen, a smaller student learns from it."""
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(201)
rng = np.random.default_rng(201)
mu = rng.normal(size=(5, 8)) * 1.2
y = rng.integers(0, 5, 1200)
x = (mu[y] + rng.normal(size=(1200, 8))).astype("float32")

teacher = keras.Sequential([
    keras.Input((8,)), keras.layers.Dense(64, activation="relu"),
    keras.layers.Dense(64, activation="relu"), keras.layers.Dense(5)], name="teacher")
teacher.compile(keras.optimizers.Adam(3e-3),
                keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
teacher.fit(x[:1000], y[:1000], epochs=5, batch_size=50, verbose=0)
teacher.trainable = False

student = keras.Sequential([
    keras.Input((8,)), keras.layers.Dense(12, activation="relu"), keras.layers.Dense(5)], name="student")
opt = keras.optimizers.Adam(5e-3)
hard_loss = keras.losses.SparseCategoricalCrossentropy(from_logits=True)
T, ALPHA = 3.0, 0.3


@tf.function
def distill(xb, yb):
    soft_target = tf.nn.softmax(teacher(xb, training=False) / T)
    with tf.GradientTape() as tape:
        logits = student(xb, training=True)
        soft = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=soft_target, logits=logits / T))
        loss = ALPHA * hard_loss(yb, logits) + (1 - ALPHA) * T ** 2 * soft
    grads = tape.gradient(loss, student.trainable_variables)
    opt.apply_gradients(zip(grads, student.trainable_variables))
    return loss


for epoch in range(8):
    perm = rng.permutation(1000)
    for k in range(0, 1000, 50):
        loss = distill(x[perm[k:k + 50]], y[perm[k:k + 50]])
    if epoch % 2:
        print("epoch", epoch + 1, "loss", round(float(loss), 4))
for net in (teacher, student):
    print(net.name, np.mean(net(x[1000:]).numpy().argmax(1) == y[1000:]))
