def calibrate(offset, slope, resistance, celsius, rate, steps):
    log_r = np.log(resistance.numpy())
    target = celsius.numpy()
    losses = []
    for _ in range(steps):
        error = offset.numpy() + slope.numpy() * log_r - target
        losses.append(float(np.mean(error**2)))
        offset.assign_sub(rate * 2 * float(np.mean(error)))
        slope.assign_sub(rate * 2 * float(np.mean(error * log_r)))
    return losses
