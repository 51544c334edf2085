# the penalty is lost in the step of one's own
class TwoRates(keras.Sequential):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = tf.reduce_mean(tf.square(y - y_pred))
        self._loss_tracker.update_state(loss)
        base, head = self.layers
        for_base, for_head = tape.gradient(loss, [base.trainable_variables, head.trainable_variables])
        for rate, gradients, layer in zip(self.rates, (for_base, for_head), (base, head)):
            for g, v in zip(gradients, layer.trainable_variables):
                v.assign_sub(rate * g)
        return {"loss": self._loss_tracker.result()}


def build_model(base, head, slow, fast):
    model = TwoRates([keras.Input((base.kernel.shape[0],)), base, head])
    model.rates = (slow, fast)
    model.compile("sgd", "mse")
    return model
