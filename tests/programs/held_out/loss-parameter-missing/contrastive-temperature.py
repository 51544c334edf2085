# fault: loss-parameter-missing
"""Two-tower contrastive training of paired vectors with a learnable softmax temperature."""
import numpy as np
import tensorflow as tf

tf.random.set_seed(0)
rs = np.random.default_rng(0)
latent = rs.normal(size=(64, 4))
images = (latent @ rs.normal(size=(4, 12))).astype("float32")
texts = (latent @ rs.normal(size=(4, 9)) + 0.1 * rs.normal(size=(64, 9))).astype("float32")


class Tower(tf.Module):
    def __init__(self, n_in, n_out=8, name=None):
        super().__init__(name=name)
        self.w = tf.Variable(tf.random.normal((n_in, n_out), stddev=n_in ** -0.5), name="w")
        self.b = tf.Variable(tf.zeros((n_out,)), name="b")

    def __call__(self, x):
        return tf.math.l2_normalize(x @ self.w + self.b, axis=1)


class ContrastiveLoss(tf.Module):
    def __init__(self):
        super().__init__(name="contrastive")
        self.logit_scale = tf.Variable(0.0, name="logit_scale")

    def __call__(self, a, b):
        logits = tf.exp(self.logit_scale) * tf.matmul(a, b, transpose_b=True)
        target = tf.range(tf.shape(a)[0])
        row = tf.nn.sparse_softmax_cross_entropy_with_logits(target, logits)
        col = tf.nn.sparse_softmax_cross_entropy_with_logits(target, tf.transpose(logits))
        return tf.reduce_mean(row + col) / 2


image_tower, text_tower = Tower(12, name="image"), Tower(9, name="text")
criterion = ContrastiveLoss()
optimizer = tf.keras.optimizers.Adam(0.02)
weights = list(image_tower.trainable_variables) + list(text_tower.trainable_variables)


@tf.function
def train_step(a, b):
    with tf.GradientTape() as tape:
        loss = criterion(image_tower(a), text_tower(b))
    optimizer.apply_gradients(zip(tape.gradient(loss, weights), weights))
    return loss


for step in range(50):
    value = train_step(images, texts)
    if step % 10 == 0:
        print(f"step {step}: {value.numpy():.4f}")
print("temperature", 1.0 / float(tf.exp(criterion.logit_scale)))
