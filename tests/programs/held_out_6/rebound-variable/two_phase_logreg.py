# fault: rebound-variable
# softmax regression with one hidden layer on three species: Adam first, plain SGD to finish
import numpy as np
import tensorflow as tf

tf.random.set_seed(9)
np.random.seed(9)
Y = np.random.randint(0, 3, 150).astype("int32")
centre = np.array([[1.0, 0.5, -1.0, 0.3], [-0.2, -0.8, 0.4, 0.6], [-0.8, 0.6, 0.7, -1.0]])
X = (centre[Y] + 0.7 * np.random.randn(150, 4)).astype("float32")

params = {
    "w1": tf.Variable(tf.random.normal((4, 10), stddev=0.4)),
    "b1": tf.Variable(tf.zeros(10)),
    "w2": tf.Variable(tf.random.normal((10, 3), stddev=0.4)),
    "b2": tf.Variable(tf.zeros(3)),
}


def predict(x):
    h = tf.nn.relu(x @ params["w1"] + params["b1"])
    return h @ params["w2"] + params["b2"]


adam = tf.keras.optimizers.Adam(5e-3)
LR = 0.1
SWITCH = 20
for step in range(150):
    idx = np.random.choice(len(X), 50, replace=False)
    keys = list(params)
    with tf.GradientTape() as tape:
        loss = tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(labels=Y[idx], logits=predict(X[idx])))
    grads = tape.gradient(loss, [params[k] for k in keys])
    if step < SWITCH:
        adam.apply_gradients(zip(grads, [params[k] for k in keys]))
    else:
        for k, g in zip(keys, grads):
            if g is not None:
                params[k] = params[k] - LR * g
    if step % 25 == 0:
        print(step, round(float(loss), 4))
print("accuracy", np.mean(np.argmax(predict(X), 1) == Y))
