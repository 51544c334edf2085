# the gradients of the base are computed and left
class TwoRates(keras.Sequential):
    def train_step(self, data):
        x, y = data
        with tf.GradientTape() as tape:
            y_pred = self(x, training=True)
            loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
        self._loss_tracker.update_state(loss)
        base, head = self.layers
        for_base, for_head = tape.gradient(loss, [base.trainable_variables, head.trainable_variables])
        for g, v in zip(for_head, head.trainable_variables):
            v.assign_sub(self.rates[1] * g)
        return {"loss": self._loss_tracker.result()}


def build_model(base, head, slow, fast):
    model = TwoRates([keras.Input((base.kernel.shape[0],)), base, head])
    model.rates = (slow, fast)
    model.compile("sgd", "mse")
    return model
