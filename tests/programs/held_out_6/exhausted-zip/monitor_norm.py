# fault: exhausted-zip
# gradient-norm logging around a three-class classifier
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(33)
y = np.random.randint(0, 3, 240)
X = np.random.randn(3, 13)[y] + np.random.randn(240, 13)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")

model = tf.keras.Sequential([
    tf.keras.Input((13,)),
    tf.keras.layers.Dense(20, activation="gelu"),
    tf.keras.layers.Dense(3),
])
opt = tf.keras.optimizers.AdamW(3e-3, weight_decay=1e-4)
loss_fn = tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True)
norms = []

for step in range(100):
    rows = np.random.choice(len(X), 32)
    with tf.GradientTape() as tape:
        loss = loss_fn(y[rows], model(X[rows], training=True))
    gv = zip(tape.gradient(loss, model.trainable_variables), model.trainable_variables)
    norms.append(float(tf.linalg.global_norm([g for g, _ in gv])))
    opt.apply_gradients(gv)
    if step % 20 == 0:
        print(step, float(loss), norms[-1])
