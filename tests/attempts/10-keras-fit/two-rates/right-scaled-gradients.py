# one optimizer at the fast rate; the base's gradients are made smaller
def build_model(base, head, slow, fast):
    class Scaled(keras.Sequential):
        def train_step(self, data):
            x, y, _ = keras.utils.unpack_x_y_sample_weight(data)
            with tf.GradientTape() as tape:
                y_pred = self(x, training=True)
                loss = self.compute_loss(x=x, y=y, y_pred=y_pred)
            self._loss_tracker.update_state(loss)
            variables = self.trainable_variables
            gradients = tape.gradient(loss, variables)
            gradients = [g * slow / fast for g in gradients[:2]] + gradients[2:]
            self.optimizer.apply(gradients, variables)
            return self.compute_metrics(x, y, y_pred)

    model = Scaled([base, head])
    model.compile(keras.optimizers.SGD(fast), "mse")
    return model
