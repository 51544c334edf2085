# fault: vanishing-gradient
# ten-layer perceptron for three well separated classes
import numpy as np
import tensorflow as tf

tf.keras.utils.set_random_seed(79)
y = np.random.randint(0, 3, 300)
X = 1.5 * np.random.randn(3, 13)[y] + np.random.randn(300, 13)
X = ((X - X.mean(0)) / X.std(0)).astype("float32")

stack = [tf.keras.Input((13,))]
for _ in range(9):
    stack.append(tf.keras.layers.Dense(24, activation="sigmoid"))
stack.append(tf.keras.layers.Dense(3))
model = tf.keras.Sequential(stack)
model.compile(
    optimizer=tf.keras.optimizers.SGD(0.05),
    loss=tf.keras.losses.SparseCategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
history = model.fit(X, y, epochs=20, batch_size=32, validation_split=0.2, verbose=0)
for e in range(0, 20, 4):
    print(e, history.history["loss"][e], history.history["val_accuracy"][e])
guess = model.predict(X, verbose=0).argmax(1)
print("predicted classes", np.bincount(guess, minlength=3), "true", np.bincount(y, minlength=3))
