def train(model, make_loss, make_optimizer, batches):
    criterion, optimizer = make_loss(), make_optimizer()
    variables = [criterion.s] + model.trainable_variables
    optimizer.build(variables)

    @tf.function
    def step(x, y):
        with tf.GradientTape() as tape:
            loss = criterion(y, model(x, training=True))
        optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        return loss, tf.identity(criterion.s)

    results = [step(x, y) for x, y in batches]
    return [float(loss) for loss, _ in results], [s.numpy() for _, s in results]
