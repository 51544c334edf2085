def make_optimizer(batches_per_epoch):
    """Momentum, gradients clipped at 1, and a rate that begins at 0.1 and halves every four epochs."""
    rate = keras.optimizers.schedules.ExponentialDecay(
        0.1, decay_steps=4 * batches_per_epoch, decay_rate=0.5
    )
    return keras.optimizers.SGD(rate, momentum=0.9, global_clipnorm=1.0)


def train(train_images, train_labels, epochs, seed):
    """Train a new model on raw images and their labels. Returns the model."""
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model, aim = build_model(), Aim()
    trainer = Trainer(model, aim, make_optimizer(len(rows) // 40), thaw=2)
    for epoch in range(epochs):
        trainer.start_epoch(epoch)
        losses = [float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng)]
        print(f"epoch {epoch + 1:>2}: loss {np.mean(losses):.4g}")
    return model
