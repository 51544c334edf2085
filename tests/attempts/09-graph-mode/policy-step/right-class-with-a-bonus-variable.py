# Everything that changes is a variable of a tf.Module.
class PolicyStep(tf.Module):
    def __init__(self, policy, optimizer, decay):
        super().__init__()
        self.policy, self.optimizer, self.decay = policy, optimizer, decay
        self.baseline, self.bonus = tf.Variable(0.0), tf.Variable(0.0)

    def __call__(self, states, actions, rewards, bonus):
        self.bonus.assign(bonus)
        return self.compiled(states, actions, rewards)

    @tf.function
    def compiled(self, states, actions, rewards):
        with tf.GradientTape() as tape:
            p = tf.nn.softmax(self.policy(states))
            chosen = tf.math.log(tf.reduce_sum(p * tf.one_hot(actions, p.shape[1]), axis=1))
            entropy = -tf.reduce_sum(p * tf.math.log(p), axis=1)
            loss = -tf.reduce_mean((rewards - self.baseline) * chosen) - self.bonus * tf.reduce_mean(entropy)
        variables = self.policy.trainable_variables
        self.optimizer.apply_gradients(zip(tape.gradient(loss, variables), variables))
        self.baseline.assign_add((1.0 - self.decay) * (tf.reduce_mean(rewards) - self.baseline))
        return loss, self.baseline.value()


def make_policy_step(policy, optimizer, decay):
    return PolicyStep(policy, optimizer, decay)
