# Loss and baseline, and no update.
def make_policy_step(policy, optimizer, decay):
    baseline = tf.Variable(0.0)
    optimizer.build(policy.trainable_variables)

    @tf.function
    def compiled(states, actions, rewards, bonus):
        with tf.GradientTape() as tape:
            logs = tf.nn.log_softmax(policy(states, training=True))
            chosen = tf.reduce_sum(tf.one_hot(actions, 3) * logs, axis=1)
            entropy = -tf.reduce_sum(tf.exp(logs) * logs, axis=1)
            loss = -tf.reduce_mean((rewards - baseline) * chosen) - bonus * tf.reduce_mean(entropy)
        gradients = tape.gradient(loss, policy.trainable_variables)
        baseline.assign(decay * baseline + (1.0 - decay) * tf.reduce_mean(rewards))
        return loss, baseline.read_value()

    def step(states, actions, rewards, bonus):
        return compiled(states, actions, rewards, tf.constant(bonus, tf.float32))

    return step
