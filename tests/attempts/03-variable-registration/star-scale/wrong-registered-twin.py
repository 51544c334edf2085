# Registers weights beside the ones that it uses.
class RatingModel(keras.Model):
    def __init__(self, tastes, genres, scale, offset):
        super().__init__()
        start = keras.initializers.Constant
        self.tastes = keras.layers.Embedding(*tastes.shape, embeddings_initializer=start(tastes))
        self.genres = keras.layers.Embedding(*genres.shape, embeddings_initializer=start(genres))
        self.scale = tf.Variable(scale)
        self.offset = tf.constant(offset)
        self.scale_to_train = self.add_weight(shape=(), initializer=start(scale), name="scale")
        self.offset_to_train = self.add_weight(shape=(), initializer=start(offset), name="offset")

    def call(self, pairs):
        liking = tf.reduce_sum(self.tastes(pairs[:, 0]) * self.genres(pairs[:, 1]), axis=1)
        return self.offset + self.scale * liking
