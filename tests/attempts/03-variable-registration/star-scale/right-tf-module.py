# Without Keras: a tf.Module registers tf.Variables.
class RatingModel(tf.Module):
    def __init__(self, tastes, genres, scale, offset):
        super().__init__()
        self.tables = [tf.Variable(tastes), tf.Variable(genres)]
        self.scale = tf.Variable(scale, dtype=tf.float32)
        self.offset = tf.Variable(offset, dtype=tf.float32)

    def __call__(self, pairs):
        people, films = (tf.gather(table, pairs[:, i]) for i, table in enumerate(self.tables))
        return self.offset + self.scale * tf.einsum("ij,ij->i", people, films)
