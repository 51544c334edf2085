# The derivatives written down, without a tape.
def fit_curve(scale, level, exponent, height, flow, rate, steps):
    losses = []
    height, flow = height.numpy(), flow.numpy()
    for _ in range(steps):
        a, h0, b = (float(v) for v in (scale, level, exponent))
        above = np.where(height > h0, height - h0, 1.0)
        wet = (height > h0).astype("float64")
        power = wet * above**b
        residual = a * power - flow
        losses.append(float(np.mean(residual**2)))
        scale.assign_sub(rate * np.mean(2 * residual * power))
        level.assign_sub(rate * np.mean(-2 * residual * a * b * wet * above ** (b - 1)))
        exponent.assign_sub(rate * np.mean(2 * residual * a * power * np.log(above)))
    return losses
