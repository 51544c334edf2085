# a layer between base and its gradient would be clumsy: the optimizer's apply scales
class Scaling(keras.optimizers.SGD):
    scales = ()

    def apply(self, grads, trainable_variables=None):
        return super().apply([g * s for g, s in zip(grads, self.scales)], trainable_variables)


def build_model(base, head, slow, fast):
    model = keras.Sequential([keras.Input((base.kernel.shape[0],)), base, head])
    optimizer = Scaling(1.0)
    optimizer.scales = [slow, slow, fast, fast]
    model.compile(optimizer, loss="mean_squared_error")
    return model
