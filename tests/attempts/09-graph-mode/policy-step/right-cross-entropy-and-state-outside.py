# The baseline is a Python number outside, handed in and out; the optimizer makes its state in the first call.
def make_policy_step(policy, optimizer, decay):
    memory = {"baseline": 0.0}

    @tf.function
    def compiled(states, actions, advantages, bonus):
        with tf.GradientTape() as tape:
            logits = policy(states)
            surprise = tf.nn.sparse_softmax_cross_entropy_with_logits(actions, logits)
            probabilities = tf.nn.softmax(logits)
            entropy = tf.nn.softmax_cross_entropy_with_logits(probabilities, logits)
            loss = tf.reduce_mean(advantages * surprise) - bonus * tf.reduce_mean(entropy)
        optimizer.apply(tape.gradient(loss, policy.trainable_variables), policy.trainable_variables)
        return loss

    def step(states, actions, rewards, bonus):
        loss = compiled(states, actions, rewards - memory["baseline"], tf.constant(bonus))
        memory["baseline"] = decay * memory["baseline"] + (1 - decay) * float(tf.reduce_mean(rewards))
        return float(loss), memory["baseline"]

    return step
