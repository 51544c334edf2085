# Stairs that count in batches, and a train function with a helper and less printing.
def make_optimizer(batches_per_epoch):
    stairs = keras.optimizers.schedules.ExponentialDecay(
        initial_learning_rate=0.1, decay_steps=4 * batches_per_epoch, decay_rate=0.5, staircase=True
    )
    return keras.optimizers.SGD(learning_rate=stairs, momentum=0.9, global_clipnorm=1.0)


def train(train_images, train_labels, epochs, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model, aim = build_model(), Aim()
    per_epoch = len(rows) // 40
    trainer = Trainer(model, aim, make_optimizer(per_epoch), thaw=2)
    for epoch in range(epochs):
        trainer.start_epoch(epoch)
        values = []
        for images, labels in batches(rows, train_labels, rng):
            values.append(float(trainer.step(images, labels)))
        if epoch in (0, epochs - 1):
            print("epoch", epoch + 1, "loss", sum(values) / len(values))
    return model
