# fault: integer-variable
"""Poisson regression of bike counts per hour, one intercept per hour of the day."""
import numpy as np
import tensorflow as tf

np.random.seed(8)
tf.random.set_seed(8)
HOURS = 24
n = 1500
hour = np.random.randint(0, HOURS, n)
weather = np.random.randn(n, 3).astype(np.float32)
log_rate = 1.0 + 1.2 * np.sin(2 * np.pi * (hour - 7) / 24) + weather @ np.array([0.3, -0.25, 0.1])
count = np.random.poisson(np.exp(log_rate)).astype(np.float32)


class PoissonGLM(tf.Module):
    def __init__(self):
        super().__init__()
        self.beta = tf.Variable(np.zeros((3, 1), dtype=np.float32), name="beta")
        self.mu = tf.Variable(0.0, name="mu")
        self.hour_effect = tf.Variable([0] * HOURS, name="hour_effect")

    def __call__(self, h, x):
        effect = tf.cast(tf.gather(self.hour_effect, h), tf.float32)
        return self.mu + effect + tf.squeeze(x @ self.beta, axis=1)


glm = PoissonGLM()
opt = tf.keras.optimizers.Adam(0.05)
data = tf.data.Dataset.from_tensor_slices((hour, weather, count)).shuffle(n, seed=8).batch(250)

for epoch in range(15):
    total = 0.0
    for h, x, k in data:
        with tf.GradientTape() as tape:
            eta = glm(h, x)
            nll = tf.reduce_mean(tf.nn.log_poisson_loss(k, eta))
        variables = list(glm.trainable_variables)
        opt.apply_gradients(zip(tape.gradient(nll, variables), variables))
        total += float(nll)
    if epoch % 5 == 4:
        print(f"epoch {epoch + 1}: nll {total / 6:.4f}")

print("beta", np.round(glm.beta.numpy().ravel(), 2), "mu", float(glm.mu))
print("hour effect", glm.hour_effect.numpy())
