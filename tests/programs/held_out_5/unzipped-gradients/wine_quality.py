# fault: unzipped-gradients
import numpy as np
import tensorflow as tf
import keras

np.random.seed(42)
keras.utils.set_random_seed(42)

N = 500
features = np.random.randn(N, 11).astype("float32")
quality = (features[:, :3].sum(axis=1, keepdims=True) + 0.2 * np.random.randn(N, 1)).astype("float32")

model = keras.Sequential()
model.add(keras.Input(shape=(11,)))
model.add(keras.layers.Dense(32, activation="relu"))
model.add(keras.layers.Dense(1))

loss_fn = keras.losses.MeanSquaredError()
optimizer = keras.optimizers.RMSprop(learning_rate=0.003)
train = tf.data.Dataset.from_tensor_slices((features, quality)).shuffle(N).batch(50)

EPOCHS = 10
for epoch in range(EPOCHS):
    for x, y in train:
        with tf.GradientTape() as tape:
            predictions = model(x, training=True)
            loss = loss_fn(y, predictions)
        gradients = tape.gradient(loss, model.trainable_weights)
        optimizer.apply_gradients([gradients, model.trainable_weights])
    print("Epoch {}/{} - loss {:.4f}".format(epoch + 1, EPOCHS, loss.numpy()))
