# fault: none
# Contrastive learning of signal embeddings with a learned temperature, as in CLIP.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(14)
rng = np.random.default_rng(14)
hidden = rng.normal(size=(320, 6))
sound = (hidden @ rng.normal(size=(6, 16)) + 0.1 * rng.normal(size=(320, 16))).astype("float32")
image = (np.tanh(hidden @ rng.normal(size=(6, 20)) * 0.5)).astype("float32")


class Pairing(keras.Model):
    def __init__(self, width=8):
        super().__init__()
        self.sound_tower = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(width)])
        self.image_tower = keras.Sequential([layers.Dense(32, activation="relu"), layers.Dense(width)])
        self.log_scale = self.add_weight(shape=(), initializer=keras.initializers.Constant(1.5), name="log_scale")

    def call(self, inputs):
        a = tf.math.l2_normalize(self.sound_tower(inputs[0]), axis=1)
        b = tf.math.l2_normalize(self.image_tower(inputs[1]), axis=1)
        return tf.exp(tf.minimum(self.log_scale, 4.6)) * tf.matmul(a, b, transpose_b=True)

    def train_step(self, data):
        with tf.GradientTape() as tape:
            logits = self(data, training=True)
            here = tf.range(tf.shape(logits)[0])
            loss = 0.5 * tf.reduce_mean(
                tf.nn.sparse_softmax_cross_entropy_with_logits(labels=here, logits=logits)
                + tf.nn.sparse_softmax_cross_entropy_with_logits(labels=here, logits=tf.transpose(logits)))
        self.optimizer.apply_gradients(zip(tape.gradient(loss, self.trainable_variables), self.trainable_variables))
        hit = tf.reduce_mean(tf.cast(tf.argmax(logits, axis=1, output_type=tf.int32) == here, tf.float32))
        return {"contrastive": loss, "hit": hit}


model = Pairing()
model((sound[:2], image[:2]))
model.compile(optimizer=keras.optimizers.Adam(0.01))
pairs = tf.data.Dataset.from_tensor_slices((sound, image)).shuffle(320, seed=14).batch(64, drop_remainder=True)
log = model.fit(pairs, epochs=7, verbose=0)
print({k: [round(float(v), 3) for v in vs] for k, vs in log.history.items()})
