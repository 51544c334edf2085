# The baseline is rebound while tracing: always that of the first call.
def make_policy_step(policy, optimizer, decay):
    state = {"baseline": 0.0}

    @tf.function
    def compiled(states, actions, rewards, bonus):
        with tf.GradientTape() as tape:
            logs = tf.nn.log_softmax(policy(states, training=True))
            chosen = tf.reduce_sum(tf.one_hot(actions, 3) * logs, axis=1)
            entropy = -tf.reduce_sum(tf.exp(logs) * logs, axis=1)
            loss = -tf.reduce_mean((rewards - state["baseline"]) * chosen) - bonus * tf.reduce_mean(entropy)
        gradients = tape.gradient(loss, policy.trainable_variables)
        optimizer.apply_gradients(zip(gradients, policy.trainable_variables))
        state["baseline"] = decay * state["baseline"] + (1.0 - decay) * tf.reduce_mean(rewards)
        return loss, state["baseline"]

    def step(states, actions, rewards, bonus):
        return compiled(states, actions, rewards, tf.constant(bonus, tf.float32))

    return step
