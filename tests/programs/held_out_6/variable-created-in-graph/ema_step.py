# fault: variable-created-in-graph
# classifier whose step keeps a running average of the loss
import numpy as np
import tensorflow as tf

tf.random.set_seed(89)
np.random.seed(89)
X = np.random.randn(500, 6).astype("float32")
y = (X[:, 0] * X[:, 1] > 0).astype("float32")[:, None]

net = tf.keras.Sequential([
    tf.keras.Input((6,)),
    tf.keras.layers.Dense(32, activation="relu"),
    tf.keras.layers.Dense(1),
])
opt = tf.keras.optimizers.Adam(5e-3)
opt.build(net.trainable_variables)


@tf.function
def train_step(xb, yb):
    smooth = tf.Variable(0.69, trainable=False)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(labels=yb, logits=net(xb)))
    grads = tape.gradient(loss, net.trainable_variables)
    opt.apply_gradients(zip(grads, net.trainable_variables))
    smooth.assign(0.9 * smooth + 0.1 * loss)
    return smooth


for step in range(100):
    r = np.random.randint(0, 500, 64)
    s = train_step(X[r], y[r])
    if step % 20 == 0:
        print(step, float(s))
