# fault: unzipped-gradients
import numpy as np
import tensorflow as tf

# three gaussian blobs, softmax regression with a hidden layer, written from a lecture's slides
tf.keras.utils.set_random_seed(6)
np.random.seed(6)
centers = np.array([[0.0, 0.0, 1.0, 0.5], [1.5, 1.0, -0.5, 0.0], [-1.0, 1.5, 0.0, -1.0]])
label = np.random.randint(0, 3, 300)
feats = (centers[label] + 0.5 * np.random.randn(300, 4)).astype(np.float32)


class Net(tf.keras.Model):
    def __init__(self):
        super().__init__()
        self.d1 = tf.keras.layers.Dense(10, activation="relu")
        self.d2 = tf.keras.layers.Dense(3)

    def call(self, x):
        return self.d2(self.d1(x))


net = Net()
loss_object = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
optimizer = tf.keras.optimizers.Adam(learning_rate=0.01)
train_acc = tf.keras.metrics.SparseCategoricalAccuracy()


def train_step(x, y):
    with tf.GradientTape() as tape:
        logits = net(x, training=True)
        loss = loss_object(y, logits)
    gradients = tape.gradient(loss, net.trainable_variables)
    optimizer.apply_gradients((gradients, net.trainable_variables))
    train_acc.update_state(y, logits)
    return loss


dataset = tf.data.Dataset.from_tensor_slices((feats, label)).shuffle(300, seed=1).batch(30)
for epoch in range(8):
    train_acc.reset_state()
    for xb, yb in dataset:
        loss = train_step(xb, yb)
    print(f"Epoch {epoch + 1}, loss {float(loss):.4f}, accuracy {float(train_acc.result()):.3f}")
