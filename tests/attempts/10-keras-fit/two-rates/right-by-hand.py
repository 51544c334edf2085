# the penalty from the layer, the updates by hand
def build_model(base, head, slow, fast):
    class Model(keras.Model):
        def __init__(self):
            super().__init__()
            self.base, self.head, self.mean = base, head, keras.metrics.Mean(name="loss")

        def call(self, x, training=None):
            return self.head(self.base(x))

        def train_step(self, data):
            x, y = data
            with tf.GradientTape() as tape:
                total = tf.reduce_mean((y - self(x, training=True)) ** 2) + tf.add_n(base.losses)
            for_base, for_head = tape.gradient(total, [base.trainable_variables, head.trainable_variables])
            for rate, gradients, layer in ((slow, for_base, base), (fast, for_head, head)):
                for g, v in zip(gradients, layer.trainable_variables):
                    v.assign_sub(rate * g)
            self.mean.update_state(total)
            return {"loss": self.mean.result()}

    model = Model()
    model.compile()
    return model
