# fault: unknown-variable
# Pretrains an autoencoder on gene expression profiles and then trains a classifier on its code.
import numpy as np
import tensorflow as tf
from tensorflow import keras

keras.utils.set_random_seed(250)
rng = np.random.default_rng(250)
genes = np.tanh(rng.normal(size=(200, 3)) @ rng.normal(size=(3, 15))).astype("float32")
sick = (genes[:, 0] > genes[:, 1]).astype("float32")[:, None]

encoder = keras.Sequential([keras.Input((15,)), keras.layers.Dense(6, activation="tanh")])
decoder = keras.Sequential([keras.Input((6,)), keras.layers.Dense(15)])
classifier = keras.Sequential([keras.Input((6,)), keras.layers.Dense(1)])
optimizer = keras.optimizers.Adam(0.01)


def run(name, steps, loss_of, variables):
    for step in range(steps):
        with tf.GradientTape() as tape:
            loss = loss_of()
        gradients = tape.gradient(loss, variables)
        optimizer.apply_gradients(zip(gradients, variables))
        if step % 5 == 0:
            print(f"{name} step {step:2d} loss {float(loss):.4f}")


def reconstruction():
    return tf.reduce_mean(tf.square(decoder(encoder(genes)) - genes))


def classification():
    logits = classifier(encoder(genes))
    return tf.reduce_mean(tf.nn.sigmoid_cross_entropy_with_logits(sick, logits))


run("pretrain", 20, reconstruction, encoder.trainable_variables + decoder.trainable_variables)
run("classify", 40, classification, encoder.trainable_variables + classifier.trainable_variables)
