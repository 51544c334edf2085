# fault: none
"""Mean teacher: an averaged copy is evaluated, the student is trained."""
import numpy as np
import tensorflow as tf
import keras

keras.utils.set_random_seed(10)
rng = np.random.default_rng(10)
ang = rng.uniform(0, np.pi, 600)
side = rng.integers(0, 2, 600)
pts = np.stack([np.cos(ang) + side, np.where(side, 0.5 - np.sin(ang), np.sin(ang))], 1)
pts = (pts + 0.1 * rng.normal(size=pts.shape)).astype("float32")
lab = side.astype("float32")[:, None]
labelled = rng.random(600) < 0.5

student = keras.Sequential([keras.Input((2,)), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(32, activation="relu"), keras.layers.Dense(1)])
teacher = keras.models.clone_model(student)
teacher.set_weights(student.get_weights())
opt = keras.optimizers.Adam(0.005)


@tf.function
def step(x, y, m):
    soft = tf.stop_gradient(tf.sigmoid(teacher(x + 0.05 * tf.random.normal(tf.shape(x)))))
    with tf.GradientTape() as tape:
        z = student(x, training=True)
        ce = tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits=z)
        sup = tf.reduce_sum(ce * m) / tf.reduce_sum(m)
        cons = tf.reduce_mean(tf.square(tf.sigmoid(z) - soft))
        loss = sup + 0.5 * cons
    opt.apply_gradients(zip(tape.gradient(loss, student.trainable_variables), student.trainable_variables))
    for t, s in zip(teacher.variables, student.variables):
        t.assign(0.97 * t + 0.03 * s)
    return sup


for epoch in range(40):
    ls = [float(step(tf.constant(pts[b]), tf.constant(lab[b]), tf.constant(labelled[b].astype("float32")[:, None])))
          for b in np.split(rng.permutation(600), 6)]
    if epoch % 8 == 7:
        acc = np.mean((teacher(pts).numpy() > 0) == (lab > 0))
        print(epoch + 1, "supervised loss", np.mean(ls), "teacher accuracy", acc)
