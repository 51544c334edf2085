# fault: none
# semi-supervised mean teacher: the teacher is an exponential moving average of the student
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(105)
N = 800
y = np.random.randint(0, 2, N)
th = np.random.uniform(0, np.pi, N)
X = np.where(y[:, None] == 0, np.c_[np.cos(th), np.sin(th)], np.c_[1 - np.cos(th), 0.4 - np.sin(th)])
X = (X + 0.1 * np.random.randn(N, 2)).astype("float32")
labelled = np.arange(40)


def net():
    return tf.keras.Sequential([tf.keras.Input((2,)), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(32, "relu"), tf.keras.layers.Dense(2)])


student, teacher = net(), net()
teacher.set_weights(student.get_weights())
opt = tf.keras.optimizers.Adam(5e-3)
decay = 0.95


@tf.function
def train_step(xl, yl, xu, ramp):
    target = tf.nn.softmax(teacher(xu + tf.random.normal(tf.shape(xu), stddev=0.05)))
    with tf.GradientTape() as tape:
        sup = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=yl, logits=student(xl)))
        cons = tf.reduce_mean(tf.square(tf.nn.softmax(student(xu)) - tf.stop_gradient(target)))
        loss = sup + ramp * cons
    opt.apply_gradients(zip(tape.gradient(loss, student.trainable_variables), student.trainable_variables))
    for t, s in zip(teacher.variables, student.variables):
        t.assign(decay * t + (1.0 - decay) * s)
    return sup, cons


for i in range(200):
    rows = np.random.choice(labelled, 20, replace=False)
    other = np.random.choice(N, 64)
    ramp = tf.constant(min(1.0, i / 80), tf.float32)
    sup, cons = train_step(tf.constant(X[rows]), tf.constant(y[rows]), tf.constant(X[other]), ramp)
    if i % 40 == 0:
        print(i, float(sup), float(cons), "teacher acc", np.mean(teacher(X).numpy().argmax(1) == y))
