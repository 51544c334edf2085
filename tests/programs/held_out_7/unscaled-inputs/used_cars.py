# fault: unscaled-inputs
# Used car prices (synthetic): year, mileage, engine displacement in ccm, power -> log price
import numpy as np
import tensorflow as tf
from tensorflow.keras import layers

tf.keras.utils.set_random_seed(58)
rng = np.random.default_rng(58)
n = 1000
year = rng.integers(1998, 2024, n)
km = rng.gamma(3.0, 30000.0, n)
ccm = rng.choice([998, 1198, 1598, 1998, 2998], n)
ps = ccm * rng.uniform(0.05, 0.09, n)
log_price = 9.5 + 0.09 * (year - 2012) - 3e-6 * km + 0.004 * (ps - 120) + 0.1 * rng.normal(size=n)

table = np.column_stack([year, km, ccm, ps]).astype("float32")
target = ((log_price - log_price.mean()) / log_price.std()).astype("float32")

cut = int(0.8 * n)
train = tf.data.Dataset.from_tensor_slices((table[:cut], target[:cut])).batch(50)
test = tf.data.Dataset.from_tensor_slices((table[cut:], target[cut:])).batch(200)

model = tf.keras.Sequential([
    tf.keras.Input((4,)),
    layers.Dense(32, activation="relu"),
    layers.Dense(16, activation="relu"),
    layers.Dense(1),
])
model.compile(optimizer=tf.keras.optimizers.SGD(learning_rate=0.01, momentum=0.9), loss="mse")
h = model.fit(train, validation_data=test, epochs=6, verbose=0)
for e in range(6):
    print(f"epoch {e + 1}: loss {h.history['loss'][e]:.4g}  val {h.history['val_loss'][e]:.4g}")
