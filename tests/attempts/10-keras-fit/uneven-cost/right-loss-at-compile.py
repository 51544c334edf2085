# compile is given the loss that it lacks
def cost(y, forecast):
    under, over = tf.nn.relu(y - forecast), tf.nn.relu(forecast - y)
    return tf.reduce_mean(3.0 * under**2 + over**2, axis=-1)


class Forecaster(keras.Sequential):
    def compile(self, optimizer, **others):
        super().compile(optimizer=optimizer, loss=cost)
