# fault: loss-parameter-missing
# Face-style embedding learning with a softmax loss and a centre loss with learned centres.
import numpy as np
import tensorflow as tf
import keras
from keras import layers

keras.utils.set_random_seed(44)
rng = np.random.default_rng(44)
PEOPLE, CODE = 5, 3
anchor = rng.normal(size=(PEOPLE, 14)) * 1.5
person = rng.integers(0, PEOPLE, 300).astype("int32")
faces = (anchor[person] + rng.normal(size=(300, 14)) * 0.7).astype("float32")


class CenterLoss(keras.losses.Loss):
    """Pulls every embedding to the centre of its class."""

    def __init__(self, classes, width, weight=0.1):
        super().__init__(name="center_loss")
        self.weight = weight
        self.centers = keras.Variable(keras.random.normal((classes, width), seed=1),
                                      trainable=True, name="centers")

    def call(self, label, code):
        label = tf.cast(tf.reshape(label, [-1]), tf.int32)
        target = tf.gather(self.centers, label)
        return self.weight * tf.reduce_sum(tf.square(code - target), axis=-1)


inputs = keras.Input((14,))
code = layers.Dense(CODE, name="code")(layers.Dense(24, activation="relu")(inputs))
logits = layers.Dense(PEOPLE, name="logits")(code)
model = keras.Model(inputs, {"code": code, "logits": logits})

model.compile(
    optimizer=keras.optimizers.Adam(0.01),
    loss={"code": CenterLoss(PEOPLE, CODE),
          "logits": keras.losses.SparseCategoricalCrossentropy(from_logits=True)},
    metrics={"logits": "accuracy"},
)
log = model.fit(faces, {"code": person, "logits": person}, batch_size=50, epochs=6, verbose=0)
print({k: [round(v, 3) for v in vs] for k, vs in log.history.items()})
