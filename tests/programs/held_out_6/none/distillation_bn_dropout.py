# fault: none
# knowledge distillation in a train_step override: frozen teacher, student with batch norm and dropout
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(120)
centres = 1.2 * np.random.randn(6, 16)
y = np.random.randint(0, 6, 960)
X = (centres[y] + np.random.randn(960, 16)).astype("float32")
X = (X - X.mean(0)) / X.std(0)

teacher = keras.Sequential([keras.Input((16,)), keras.layers.Dense(64, "relu"), keras.layers.Dense(6)])
teacher.compile(keras.optimizers.Adam(5e-3), keras.losses.SparseCategoricalCrossentropy(from_logits=True))
teacher.fit(X, y, epochs=4, batch_size=48, verbose=0)
teacher.trainable = False


class Distiller(keras.Model):
    def __init__(self, student, teacher, temperature=3.0):
        super().__init__()
        self.student, self.teacher, self.temperature = student, teacher, temperature
        self.tracker = keras.metrics.Mean(name="distill")

    def call(self, x, training=False):
        return self.student(x, training=training)

    def train_step(self, data):
        x, labels = data
        soft = tf.nn.softmax(self.teacher(x, training=False) / self.temperature)
        with tf.GradientTape() as tape:
            logits = self.student(x, training=True)
            hard = self.compute_loss(y=labels, y_pred=logits)
            kd = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=soft, logits=logits / self.temperature))
            loss = 0.3 * hard + 0.7 * self.temperature ** 2 * kd
        variables = self.student.trainable_variables
        self.optimizer.apply(tape.gradient(loss, variables), variables)
        self.tracker.update_state(kd)
        for metric in self.metrics:
            if metric.name == "loss":
                metric.update_state(loss)
        return self.compute_metrics(x, labels, logits) | {"distill": self.tracker.result()}


student = keras.Sequential([keras.Input((16,)), keras.layers.Dense(16), keras.layers.BatchNormalization(),
                            keras.layers.ReLU(), keras.layers.Dropout(0.2), keras.layers.Dense(6)])
d = Distiller(student, teacher)
d.compile(optimizer=keras.optimizers.Adam(5e-3), loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True), metrics=["accuracy"])
d.fit(X, y, epochs=6, batch_size=48, verbose=2)
