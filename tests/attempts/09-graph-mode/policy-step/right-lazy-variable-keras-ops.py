# The baseline is made in the first call, once; bonus as a NumPy number, which is a tensor to the graph.
def make_policy_step(policy, optimizer, decay):
    kept = []

    @tf.function
    def compiled(states, actions, rewards, bonus):
        if not kept:
            kept.append(tf.Variable(0.0))
        baseline = kept[0]
        before = baseline.read_value()
        baseline.assign(decay * before + (1.0 - decay) * tf.reduce_mean(rewards))
        with tf.GradientTape() as tape:
            logs = keras.ops.log_softmax(policy(states))
            chosen = tf.gather_nd(logs, tf.stack([tf.range(tf.shape(actions)[0]), actions], axis=1))
            entropy = -keras.ops.sum(keras.ops.exp(logs) * logs, axis=-1)
            loss = -keras.ops.mean((rewards - before) * chosen + bonus * entropy)
        variables = policy.trainable_variables
        optimizer.apply_gradients(list(zip(tape.gradient(loss, variables), variables)))
        return loss, baseline.read_value()

    return lambda s, a, r, bonus: compiled(s, a, r, np.float32(bonus))
