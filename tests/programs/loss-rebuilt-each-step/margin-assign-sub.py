# fault: loss-rebuilt-each-step
# Binary classifier with a soft margin loss; bias and sharpness of the loss are fitted
# together with the weights by plain gradient descent.
import numpy as np
import tensorflow as tf

tf.random.set_seed(1)
rng = np.random.RandomState(1)
data = rng.randn(160, 4).astype("float32")
labels = np.where(data @ [1.0, -2.0, 0.5, 0.0] + 1.2 > 0, 1.0, 0.0).astype("float32")

w = tf.Variable(tf.random.normal([4], stddev=0.1), name="w")
LR = 0.2


class ShiftedLogLoss(tf.Module):
    """Logistic loss whose decision threshold is a parameter."""

    def __init__(self):
        super().__init__()
        self.threshold = tf.Variable(0.0, name="threshold")

    def __call__(self, y_true, score):
        logits = score - self.threshold
        return tf.reduce_mean(
            tf.nn.sigmoid_cross_entropy_with_logits(labels=y_true, logits=logits))


for step in range(60):
    loss_fn = ShiftedLogLoss()
    with tf.GradientTape() as tape:
        score = tf.linalg.matvec(data, w)
        loss = loss_fn(labels, score)
    gw, gt = tape.gradient(loss, [w, loss_fn.threshold])
    w.assign_sub(LR * gw)
    loss_fn.threshold.assign_sub(LR * gt)
    if step % 15 == 0:
        print("step", step, "loss %.4f" % loss.numpy(), "threshold", loss_fn.threshold.numpy())
print(w.numpy(), loss_fn.threshold.numpy())
