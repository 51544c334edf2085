# All four weights by hand, in build.
class RatingModel(keras.Model):
    def __init__(self, *starts):
        super().__init__()
        self.starts = [np.asarray(s, dtype="float32") for s in starts]

    def build(self, input_shape):
        names = ("tastes", "genres", "scale", "offset")
        for name, value in zip(names, self.starts):
            weight = self.add_weight(
                shape=value.shape, initializer=keras.initializers.Constant(value), name=name
            )
            setattr(self, name, weight)

    def call(self, pairs):
        people = keras.ops.take(self.tastes, pairs[:, 0], axis=0)
        films = keras.ops.take(self.genres, pairs[:, 1], axis=0)
        return self.offset + self.scale * keras.ops.sum(people * films, axis=-1)
