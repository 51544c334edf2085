# fault: variable-created-in-graph
"""Compare a narrow and a wide student network on the same data with one compiled step."""
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(81)
rng = np.random.default_rng(81)
x = rng.normal(size=(90, 4)).astype("float32")
y = np.sin(x[:, :1]) + 0.5 * x[:, 1:2]


class Student(tf.keras.Model):
    def __init__(self, width):
        super().__init__()
        self.hidden = tf.keras.layers.Dense(width, activation="tanh")
        self.out = tf.keras.layers.Dense(1)

    def call(self, inputs):
        return self.out(self.hidden(inputs))


@tf.function
def train_step(student, optimizer, inputs, targets):
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.square(student(inputs, training=True) - targets))
    grads = tape.gradient(loss, student.trainable_variables)
    optimizer.apply_gradients(zip(grads, student.trainable_variables))
    return loss


results = {}
for width in (4, 32):
    student = Student(width)
    optimizer = tf.keras.optimizers.Adam(0.01)
    for epoch in range(20):
        loss = train_step(student, optimizer, x, y)
    results[width] = float(loss)
    print("width", width, "loss", results[width])
