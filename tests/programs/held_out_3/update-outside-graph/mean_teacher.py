# fault: update-outside-graph
# Semi-supervised regression: a student follows the moving average of its own weights.
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(410)
x = rng.normal(size=(400, 5)).astype("float32")
y = (x @ np.array([[1.5], [-2.0], [0.5], [0.0], [1.0]])).astype("float32")
labelled = 80


class MeanTeacher(tf.Module):
    def __init__(self, n, decay=0.8):
        super().__init__()
        self.student = tf.Variable(tf.zeros((n, 1)), name="student")
        self.teacher = tf.Variable(tf.zeros((n, 1)), trainable=False, name="teacher")
        self.decay = decay
        self.optimizer = tf.keras.optimizers.SGD(0.1)

    @tf.function
    def step(self, xl, yl, xu):
        with tf.GradientTape() as tape:
            supervised = tf.reduce_mean(tf.square(xl @ self.student - yl))
            consistency = tf.reduce_mean(tf.square(xu @ self.student - xu @ self.teacher))
            loss = supervised + consistency
        gradient = tape.gradient(loss, self.student)
        self.optimizer.apply_gradients([(gradient, self.student)])
        self.teacher = self.decay * self.teacher + (1 - self.decay) * self.student
        return supervised, consistency


mean_teacher = MeanTeacher(5)
for i in range(60):
    supervised, consistency = mean_teacher.step(x[:labelled], y[:labelled], x[labelled:])
    if i % 10 == 0:
        print(f"step {i:2d} supervised {float(supervised):.4f} consistency {float(consistency):.4f}")
print("student weights", mean_teacher.student.numpy().ravel().round(2))
