# A schedule of its own for the smooth halving; the whole training as one generator of losses.
class HalfLife(keras.optimizers.schedules.LearningRateSchedule):
    def __init__(self, start, steps):
        self.start, self.steps = float(start), float(steps)

    def __call__(self, step):
        return self.start * 2.0 ** (-keras.ops.cast(step, "float32") / self.steps)

    def get_config(self):
        return {"start": self.start, "steps": self.steps}


def make_optimizer(batches_per_epoch):
    return keras.optimizers.SGD(HalfLife(0.1, 4 * batches_per_epoch), momentum=0.9, global_clipnorm=1.0)


def train(train_images, train_labels, epochs, seed):
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    rows = prepare(train_images, train_images)
    model = build_model()
    trainer = Trainer(model, Aim(), make_optimizer(len(rows) // 40), 2)

    def losses_of(epoch):
        trainer.start_epoch(epoch)
        yield from (float(trainer.step(*batch)) for batch in batches(rows, train_labels, rng))

    for epoch in range(epochs):
        print(f"epoch {epoch + 1:>2}: loss {np.mean(list(losses_of(epoch))):.4g}")
    return model
