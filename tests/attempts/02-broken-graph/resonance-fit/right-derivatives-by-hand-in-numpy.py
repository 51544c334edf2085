# No tape at all: both derivatives are formulas.
def fit_step(gain, damping, speed, vibration, rate):
    g, d, s, v = (np.asarray(a, dtype=np.float64) for a in (gain, damping, speed, vibration))
    below = (1 - s**2) ** 2 + (d * s) ** 2
    curve = below**-0.5
    error = g * curve - v
    d_gain = np.mean(2 * error * curve)
    d_damping = np.mean(2 * error * g * -d * s**2 * below**-1.5)
    gain.assign_sub(rate * d_gain)
    damping.assign_sub(rate * d_damping)
    return float(np.mean(error**2))
