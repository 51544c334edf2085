# Keras variables, kept in a dict.
class RatingModel(keras.Model):
    def __init__(self, tastes, genres, scale, offset):
        super().__init__()
        start = keras.initializers.Constant
        self.tastes = keras.layers.Embedding(*tastes.shape, embeddings_initializer=start(tastes))
        self.genres = keras.layers.Embedding(*genres.shape, embeddings_initializer=start(genres))
        self.numbers = {"scale": keras.Variable(float(scale)), "offset": keras.Variable(float(offset))}

    def call(self, pairs):
        liking = tf.reduce_sum(self.tastes(pairs[:, 0]) * self.genres(pairs[:, 1]), axis=1)
        return self.numbers["offset"] + self.numbers["scale"] * liking
