# fault: rebound-variable
# Fit a damped oscillation  a*exp(-k t)*cos(w t + p) + c  by plain gradient descent
import numpy as np
import tensorflow as tf

rng = np.random.default_rng(11)
t = np.linspace(0.0, 6.0, 200).astype(np.float32)
true = dict(a=1.4, k=0.25, w=2.1, p=0.4, c=0.2)
y = (true["a"] * np.exp(-true["k"] * t) * np.cos(true["w"] * t + true["p"]) + true["c"]
     + 0.03 * rng.standard_normal(t.shape)).astype(np.float32)

a = tf.Variable(1.0, name="amplitude")
k = tf.Variable(0.1, name="damping")
w = tf.Variable(2.0, name="omega")
p = tf.Variable(0.0, name="phase")
c = tf.Variable(0.0, name="offset")
theta = [a, k, w, p, c]

tt, yy = tf.constant(t), tf.constant(y)
lr = 0.05


def predict():
    return a * tf.exp(-k * tt) * tf.cos(w * tt + p) + c


losses = []
for epoch in range(150):
    with tf.GradientTape() as tape:
        residual = predict() - yy
        loss = tf.reduce_mean(residual ** 2)
    grads = tape.gradient(loss, theta)
    for var, g in zip(theta, grads):
        var = var - lr * g
    losses.append(float(loss))
    if epoch % 30 == 0:
        print("epoch", epoch, "loss", losses[-1])

print({v.name.split(":")[0]: round(float(v), 3) for v in theta})
print("true:", true)
