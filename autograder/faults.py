"""The faults of the course: one table that the lessons, the exercises and the diagnosis share.

A fault's id is a contract. Its texts are written for the person whose program
has the fault, and are put together as "I saw: symptom Why: cause Try: cure".
They describe TensorFlow 2.21 with Keras 3. Nothing here imports TensorFlow.
"""

import difflib
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """One way in which a training step goes wrong."""

    id: str
    """Its name everywhere, in kebab-case: "forward-outside-tape"."""

    chapter: str
    """Slug of the chapter that teaches it, one of `CHAPTERS`."""

    family: str
    """The family that it belongs to, such as "tape scope"."""

    title: str
    """What is wrong, in a few plain words, to stand as a heading."""

    symptom: str
    """What you see: None, zero, NaN, unmoved weights, no learning, or an exception; loud or silent."""

    cause: str
    """Why it happens."""

    cure: str
    """What to change, concretely."""


CHAPTERS: dict[str, str] = {
    "00-start-here": "What one training step does",
    "01-tape-scope": "Put it inside the tape, and prove it",
    "02-broken-graph": "Find where a value leaves TensorFlow",
    "03-variable-registration": "Make every weight a variable that is seen",
    "04-gradient-pairing": "Give every gradient to its own variable",
    "05-differentiable-losses": "Replace a loss that has no slope",
    "06-trainable-losses": "Train the parameters of a loss",
    "07-optimizers": "Tell a dead optimizer from a dead gradient",
    "08-numerics": "Find the operation that spoils the numbers",
    "09-graph-mode": "Write a tf.function that still updates",
    "10-keras-fit": "Find the same faults behind fit",
    "11-bug-hunt": "Hunt several faults in one script",
}
"""The title of each chapter by its slug, in the order of the course."""


_TAPE_SCOPE = (
    Fault(
        id="forward-outside-tape",
        chapter="01-tape-scope",
        family="tape scope",
        title="The forward pass ran outside the tape",
        symptom="The gradient is None for every weight that was used before the tape was open. If that is "
        "all of them, apply_gradients raises a ValueError; behind a filter for None the step runs and "
        "changes nothing.",
        cause="A tape records operations only while its block is open. Your weights were read earlier, so "
        "the record holds no path from the loss back to them.",
        cure="Move the call of the model into the `with tf.GradientTape() as tape:` block, and drop any "
        "filter that skips gradients that are None.",
    ),
    Fault(
        id="loss-outside-tape",
        chapter="01-tape-scope",
        family="tape scope",
        title="The loss was finished outside the tape",
        symptom="Every gradient is None and apply_gradients raises a ValueError; or a term that you added "
        "to the loss after the block is reported and has no effect on the weights.",
        cause="The number that you differentiate, or a part of it, was computed after the block closed. One "
        "division there is enough: the record ends before it.",
        cure="Compute the whole loss inside the `with` block, with its scaling and its penalties, and pass "
        "that same tensor to tape.gradient.",
    ),
    Fault(
        id="unwatched-tensor",
        chapter="01-tape-scope",
        family="tape scope",
        title="The tape was not told to watch it",
        symptom="tape.gradient returns None for a tensor, or for a variable of a tape with "
        "watch_accessed_variables=False, although the loss is computed from it inside the block.",
        cause="A tape watches trainable variables by itself when they are read. Plain tensors, and "
        "variables once automatic watching is off, count only from the moment you call tape.watch.",
        cure="Call tape.watch(x) inside the block before x is used. For a weight of a Keras layer, watch "
        "weight.value, or leave automatic watching on.",
    ),
    Fault(
        id="tape-used-twice",
        chapter="01-tape-scope",
        family="tape scope",
        title="One recording was used more than once",
        symptom="The second tape.gradient raises a RuntimeError about a non-persistent tape. With a "
        "persistent tape that was recorded once, nothing raises: the gradient stays the same for ever while "
        "the weights move.",
        cause="A tape gives up its record after one set of gradients. A persistent one keeps it, but that "
        "record belongs to the weights of the moment when it was made.",
        cure="Open a new tape in every step and ask once for everything, as in tape.gradient(loss, "
        "(first_list, second_list)). Use persistent=True only for several requests within one step.",
    ),
)

_BROKEN_GRAPH = (
    Fault(
        id="numpy-round-trip",
        chapter="02-broken-graph",
        family="broken graph",
        title="A value went through NumPy and back",
        symptom="In eager code the gradient is None for the variables upstream of the conversion, while "
        "those after it still train. Mixed like this you get one warning at most; alone, apply_gradients "
        "raises a ValueError.",
        cause="NumPy and Python numbers carry no record. What you compute from `.numpy()`, `float(...)` or "
        "a NumPy function is a new constant to the tape. On the input data this is harmless.",
        cure="Use the tf or keras.ops function of the same name between the weights and the loss, and keep "
        "NumPy for data that no weight has touched.",
    ),
    Fault(
        id="py-function-barrier",
        chapter="02-broken-graph",
        family="broken graph",
        title="A Python function interrupts the gradient",
        symptom="Behind tf.numpy_function the gradient is None. Behind a tf.py_function that calls "
        "`.numpy()` inside, it is a silent zero or a shape error in the backward pass; variables that it "
        "only captures get None.",
        cause="tf.numpy_function has no derivative. tf.py_function has one, but only through TensorFlow "
        "operations in its body and only for the tensors that you pass to it as arguments.",
        cure="Write the function with TensorFlow operations and call it directly, or pass every tensor that "
        "matters to tf.py_function as an argument. If it must be NumPy, give the derivative with "
        "tf.custom_gradient.",
    ),
    Fault(
        id="integer-cast",
        chapter="02-broken-graph",
        family="broken graph",
        title="A cast to integers cuts the gradient",
        symptom="The gradient is None for everything before the cast. If nothing else trains, "
        "apply_gradients raises a ValueError; otherwise you see one warning and weights that stay where "
        "they are.",
        cause="Integers and booleans have no derivative in TensorFlow, and casting back to float does not "
        "restore the path. Casts between floating types, bfloat16 included, keep it.",
        cure="Keep the values in a floating type all the way from the weights to the loss. If you need the "
        "steps of a rounding, use a straight-through form: x + tf.stop_gradient(tf.round(x) - x).",
    ),
    Fault(
        id="stop-gradient",
        chapter="02-broken-graph",
        family="broken graph",
        title="A stop_gradient is in the way",
        symptom="The gradient is None (not 0) for every variable whose only path to the loss goes through "
        "the stop_gradient. The others train; if there are none, apply_gradients or fit raises a ValueError.",
        cause="tf.stop_gradient and keras.ops.stop_gradient pass the value on and remove the path back.",
        cure="Remove the call, or move it to the branch that really should stay fixed, such as a target.",
    ),
    Fault(
        id="assign-in-forward",
        chapter="02-broken-graph",
        family="broken graph",
        title="The forward pass stores values in a variable",
        symptom="The gradient is None for the weights that computed the stored value, while the weights "
        "that come after it train. Nothing raises as long as one variable still has a gradient; look for a "
        "warning.",
        cause="`buffer.assign(z)` and `tf.Variable(z)` copy a value. The tape does not lead from the copy "
        "back to the weights that made z.",
        cure="Hand z itself on as an ordinary tensor, from step to step if it is a state. Use a variable "
        "only to keep its value for later, and do not read it back within the same step.",
    ),
)

_REGISTRATION = (
    Fault(
        id="not-a-variable",
        chapter="03-variable-registration",
        family="registration",
        title="A weight is a plain tensor",
        symptom="The weight is missing from trainable_variables and never moves. Beside healthy layers this "
        "is silent; alone, apply_gradients fails with an unpacking ValueError, or an AttributeError if you "
        "list the tensor.",
        cause="A tensor, such as the result of tf.constant or tf.random.normal, cannot be changed in place. "
        "Keras and the optimizer only know variables.",
        cure="In a Keras layer or model create it with self.add_weight(...) or keras.Variable(...); in a "
        "tf.Module or a hand-written loop use tf.Variable.",
    ),
    Fault(
        id="untracked-variable",
        chapter="03-variable-registration",
        family="registration",
        title="A variable that Keras does not see",
        symptom="The variable is used, is missing from trainable_variables, and never moves. Beside healthy "
        "layers this is silent; alone, apply_gradients fails with “not enough values to unpack”.",
        cause="A Keras 3 layer or model does not track a tf.Variable, nor layers inside a plain object, a "
        "dataclass, a deque or a closure, nor a layer that you create inside call().",
        cure="Create weights with self.add_weight(...) or keras.Variable(...), create layers in __init__, "
        "and keep them as attributes or in a list, tuple or dict of the model.",
    ),
    Fault(
        id="frozen-variable",
        chapter="03-variable-registration",
        family="registration",
        title="The variable is marked as not trainable",
        symptom="The frozen variables never move while the rest trains, without a message. If everything is "
        "frozen, a hand-written loop fails with an unpacking ValueError; fit only warns.",
        cause="trainable=False takes a variable out of trainable_variables, so your step neither asks for "
        "its gradient nor updates it. A tf.Variable made that way is not watched by the tape either.",
        cure="Set `trainable = True` on the layer before training starts, or create the variable with "
        "trainable=True. If training has begun, compile again, or read trainable_variables again, with a "
        "new optimizer. A layer that was built while it was frozen is better made again.",
    ),
    Fault(
        id="variables-read-before-build",
        chapter="03-variable-registration",
        family="registration",
        title="The variable list was read too early",
        symptom="The list of variables is empty, or lacks a part of the model, and stays so. An empty one "
        "makes apply_gradients raise “not enough values to unpack”; a partial one is silent.",
        cause="Without a known input shape a Keras layer makes its weights at its first call. The list that "
        "you stored before is a snapshot of a model that had none.",
        cure="Start the model with keras.Input(...), or call it once on data, before you read "
        "trainable_variables; or read the list afresh in every step.",
    ),
    Fault(
        id="rebound-variable",
        chapter="03-variable-registration",
        family="registration",
        title="The name was rebound, the variable unchanged",
        symptom="The first step seems to work and then the gradient is None, so the next subtraction raises "
        "a TypeError. In a loop over a list of variables it is silent: nothing moves.",
        cause="`v = v - rate * g` computes a new tensor and gives it the name v. The variable itself keeps "
        "its old value, and the new tensor is not watched.",
        cure="Change the variable in place with v.assign_sub(rate * g), or let optimizer.apply_gradients do "
        "it.",
    ),
    Fault(
        id="integer-variable",
        chapter="03-variable-registration",
        family="registration",
        title="The weight is a variable of integers",
        symptom="The gradient of this variable is None and it never moves. Beside other variables you get "
        "one warning; alone, apply_gradients raises a ValueError.",
        cause="TensorFlow differentiates floating types only. tf.Variable(1) and tf.Variable([1, 2]) are "
        "int32, because their values were written as integers.",
        cure="Write the starting value as floats, tf.Variable(1.0), or give the type: tf.Variable([1, 2], "
        "dtype=tf.float32).",
    ),
)

_PAIRING = (
    Fault(
        id="gradients-not-applied",
        chapter="04-gradient-pairing",
        family="pairing",
        title="The gradients are never applied",
        symptom="Every gradient is finite, no variable moves, and the loss on the same data stays the same. "
        "There is no message.",
        cause="tape.gradient only computes. Nothing in your step hands its result to an optimizer or "
        "changes the variables with it.",
        cure="After tape.gradient call optimizer.apply_gradients(zip(gradients, variables)), in every step "
        "and not behind a condition that is never true.",
    ),
    Fault(
        id="unzipped-gradients",
        chapter="04-gradient-pairing",
        family="pairing",
        title="Gradients and variables were not paired",
        symptom="apply_gradients raises in the first step: a TypeError for two arguments, a ValueError "
        "about unpacking or an AttributeError for one argument of the wrong form. Nothing is updated.",
        cause="apply_gradients takes one sequence of (gradient, variable) pairs. Two lists, a tuple of two "
        "lists, or pairs the other way round are something else.",
        cure="Write optimizer.apply_gradients(zip(gradients, variables)), or use Keras 3's "
        "optimizer.apply(gradients, variables), which takes the two lists.",
    ),
    Fault(
        id="reordered-pairs",
        chapter="04-gradient-pairing",
        family="pairing",
        title="Gradients went to the wrong variables",
        symptom="Gradients are finite and weights move, but not by their own gradients: the loss rises, "
        "turns NaN, or even falls, to a worse value. Equal shapes make it silent; different ones raise.",
        cause="zip pairs by position. Your two lists are in different orders, so a variable receives the "
        "gradient of another one.",
        cure="Put the variables in one list, pass that list to tape.gradient, and zip the result with the "
        "very same list, without sorting or reversing either.",
    ),
    Fault(
        id="truncated-pairs",
        chapter="04-gradient-pairing",
        family="pairing",
        title="The shorter list cut off the pairs",
        symptom="The last variables move by exactly 0 while the loss falls with the others. There is no "
        "message, and their gradients, where you asked for them, look healthy.",
        cause="zip stops at the end of the shorter list, so the variables beyond it are in no pair. "
        "optimizer.apply(gradients, variables) cuts its two lists in the same way.",
        cure="Use one list of variables for tape.gradient and for the pairing, and write zip(gradients, "
        "variables, strict=True), which raises when the lengths differ.",
    ),
    Fault(
        id="exhausted-zip",
        chapter="04-gradient-pairing",
        family="pairing",
        title="The zip was used up before",
        symptom="apply_gradients raises ValueError: not enough values to unpack (expected 2, got 0), "
        "although your gradients are there. No variable moves.",
        cause="A zip can be walked through once. Printing, counting or inspecting its pairs left nothing "
        "for the optimizer.",
        cure="Make it a list when you need it twice: pairs = list(zip(gradients, variables)).",
    ),
    Fault(
        id="incomplete-variable-list",
        chapter="04-gradient-pairing",
        family="pairing",
        title="Some variables are not in the list",
        symptom="The variables that are left out move by exactly 0; the others train and the loss falls, to "
        "a worse value than it could reach. There is no error and no warning.",
        cause="tape.gradient and the optimizer only treat the variables that you list. The loss depends on "
        "more of them.",
        cure="Pass all of model.trainable_variables, and add the trainable variables of every other part "
        "that should learn.",
    ),
    Fault(
        id="overwritten-update",
        chapter="04-gradient-pairing",
        family="pairing",
        title="An assignment overwrites the update",
        symptom="Gradients are finite and the optimizer runs, but at the end of each step the variable has "
        "its old or some fixed value again. Nothing raises.",
        cause="Your step or a callback assigns a value to the variable beside the optimizer, each time, and "
        "so throws the update away. An assignment now and then does no such harm.",
        cure="Remove the assign or set_weights, or move it before training. If you update by hand, do it "
        "with v.assign_sub(rate * g) in place of the optimizer.",
    ),
    Fault(
        id="trained-a-copy",
        chapter="04-gradient-pairing",
        family="pairing",
        title="You trained another object",
        symptom="Training runs and its loss falls, but the model that you look at has not moved at all; or "
        "a “before” and “after” agree although the weight did move. Nothing raises.",
        cause="clone_model, a second call of your model function, or get_weights() gives separate weights. "
        "And `before = layer.kernel` is no copy: it is the same variable under a second name.",
        cure="Train and evaluate the same object, or hand the weights over with "
        "model.set_weights(copy.get_weights()). For a snapshot take layer.kernel.numpy().copy().",
    ),
)

_LOSS = (
    Fault(
        id="non-differentiable-op",
        chapter="05-differentiable-losses",
        family="loss",
        title="The loss uses an operation without derivative",
        symptom="The gradient is None, not 0, for every variable behind the operation. If that is all of "
        "them, apply_gradients or fit raises “No gradients provided for any variable”.",
        cause="Rounding, floor, ceil, argmax, comparisons, and a metric such as accuracy made from them "
        "have no gradient in TensorFlow: the path ends there.",
        cure="Optimise a smooth loss with the same goal, such as a cross-entropy for accuracy or a squared "
        "error without the rounding, and keep the hard number as a metric.",
    ),
    Fault(
        id="zero-gradient-op",
        chapter="05-differentiable-losses",
        family="loss",
        title="The loss is flat where you are",
        symptom="The gradient exists and is exactly 0, no weight moves under plain SGD, and the loss stays "
        "the same. There is no error and no warning.",
        cause="tf.sign has the derivative 0 everywhere, and so has tf.clip_by_value for values outside its "
        "bounds. There is a path, but it carries nothing.",
        cure="Use a function with a slope instead, such as tf.tanh or tf.nn.softsign for the sign, and clip "
        "what you report, not what you differentiate.",
    ),
    Fault(
        id="hard-mask",
        chapter="05-differentiable-losses",
        family="loss",
        title="A hard mask hides what should learn",
        symptom="A threshold that should learn has the gradient None and never moves. Or the mask keeps "
        "nothing: the gradient is exactly 0, and the loss is 0 or, as a mean over nothing, NaN.",
        cause="A comparison such as x > threshold has no derivative, so nothing leads back to the "
        "threshold. Masking ordinary values is fine, as long as some are kept.",
        cure="Replace the comparison by a soft gate, tf.sigmoid((x - threshold) / width), and multiply by "
        "it. Divide a masked sum by tf.maximum(count, 1.0), and check that the mask keeps something.",
    ),
    Fault(
        id="loss-ignores-prediction",
        chapter="05-differentiable-losses",
        family="loss",
        title="The loss does not use the prediction",
        symptom="Every gradient is None, and apply_gradients or fit raises “No gradients provided for any "
        "variable”. Behind a filter for None the loss does not react to any weight.",
        cause="The loss was computed from other values than this prediction, such as the targets alone or a "
        "prediction that was stored before the step.",
        cure="Compute the loss from the targets and the tensor that the model returned in this step, and "
        "look for a swapped or a reused name.",
    ),
    Fault(
        id="broadcast-loss",
        chapter="05-differentiable-losses",
        family="loss",
        title="Shapes (N, 1) and (N,) were mixed",
        symptom="Gradients are finite, weights move, and the loss falls to about the variance of the "
        "targets and stays there: the model predicts their mean. Nothing raises.",
        cause="Subtracting a tensor of shape (N,) from one of shape (N, 1) gives an N by N table of all "
        "pairs, so every prediction is compared with every target.",
        cure="Give both the same shape, for example y = tf.reshape(y, (-1, 1)), or use "
        "keras.losses.MeanSquaredError(), which aligns the two.",
    ),
    Fault(
        id="double-softmax",
        chapter="05-differentiable-losses",
        family="loss",
        title="The softmax was applied twice",
        symptom="Gradients are finite and weights move, but the loss stops far above 0: with three classes "
        "it cannot go below 0.55. It is silent, unless a Keras loss recognises the softmax; then you get a "
        "warning.",
        cause="The model returns probabilities, and the loss takes them for logits and applies another "
        "softmax. The second one cannot come near 0 or 1.",
        cure="Let the last layer return logits, without activation, for a loss with from_logits=True or of "
        "tf.nn; or keep the softmax and use a Keras loss with from_logits=False.",
    ),
)

_TRAINABLE_LOSS = (
    Fault(
        id="loss-parameter-missing",
        chapter="06-trainable-losses",
        family="trainable loss",
        title="Nobody trains the parameter of the loss",
        symptom="The model learns, and the parameter inside the loss keeps its starting value exactly. The "
        "tape has a finite gradient for it if you ask; nothing raises.",
        cause="fit, and a loop over model.trainable_variables, update the model's variables only. A "
        "variable that belongs to the loss object is not among them.",
        cure="In a loop use variables = model.trainable_variables + [loss.alpha] for the tape and the "
        "optimizer. For fit make it a keras.Variable and set it as an attribute of the model too.",
    ),
    Fault(
        id="loss-rebuilt-each-step",
        chapter="06-trainable-losses",
        family="trainable loss",
        title="The loss object is new in every step",
        symptom="The optimizer raises “Unknown variable” in the second step, and tf.function refuses the "
        "new variable. With a new optimizer each time it is silent: the parameter is never more than one "
        "step from its start.",
        cause="Each new loss object brings a new variable with the starting value, so whatever the last "
        "step learned is dropped with the old one.",
        cure="Create the loss object once, before the loop and outside the step, and use the same one in "
        "every step.",
    ),
    Fault(
        id="unbounded-loss-parameter",
        chapter="06-trainable-losses",
        family="trainable loss",
        title="The weight of a penalty minimises itself",
        symptom="The loss falls below 0 and on without end while the error grows; the trained weight of the "
        "penalty runs to ever larger negative values, or everything turns NaN.",
        cause="In error + alpha * penalty, making alpha more negative always lowers the loss. This "
        "objective has no minimum, so the optimizer does exactly what it was asked.",
        cure="Fix alpha, or train s in tf.exp(-s) * error + s, which has a minimum in s as long as the "
        "error stays away from 0. Clipping alpha only parks it at its bound.",
    ),
    Fault(
        id="ignored-layer-losses",
        chapter="06-trainable-losses",
        family="trainable loss",
        title="The losses of the layers are left out",
        symptom="The model learns, but a kernel_regularizer or add_loss has no effect, however strong you "
        "make it. Nothing raises.",
        cause="Layers collect their own losses in model.losses. fit adds them; a loss that you compute in "
        "your own step does not contain them.",
        cure="Inside the tape, after the forward pass, write loss += sum(model.losses), which is right even "
        "without any. In a train_step use self.compute_loss(x=x, y=y, y_pred=y_pred), which adds them.",
    ),
)

_OPTIMIZER = (
    Fault(
        id="zero-learning-rate",
        chapter="07-optimizers",
        family="optimizer",
        title="The learning rate is zero",
        symptom="Every gradient is finite and no variable moves at all, with SGD as with Adam. There is no "
        "message.",
        cause="The optimizer multiplies its step by the learning rate, and that is 0: set so, reached by a "
        "schedule, or never changed because you set `opt.lr`, which Keras 3 ignores.",
        cure="Print float(optimizer.learning_rate), and set a positive rate with optimizer.learning_rate = "
        "0.01 or when you create the optimizer.",
    ),
    Fault(
        id="tiny-learning-rate",
        chapter="07-optimizers",
        family="optimizer",
        title="The learning rate is far too small",
        symptom="Gradients are finite, and the variables move by next to nothing or by exactly 0; the loss "
        "looks constant. There is no message.",
        cause="The update is too small beside the weight. A float32 weight of 1 is unchanged by a step "
        "below about 3e-8 downwards or 6e-8 upwards, however many such steps you make.",
        cure="Raise optimizer.learning_rate by factors of 10 until the loss falls visibly. Some defaults "
        "are low: Adadelta's 0.001 looks frozen.",
    ),
    Fault(
        id="huge-learning-rate",
        chapter="07-optimizers",
        family="optimizer",
        title="The learning rate is too large",
        symptom="Gradients are finite at first; then the loss jumps up and down or grows from step to step, "
        "with SGD until it is inf and NaN. Nothing raises.",
        cause="Each step goes past the minimum to a steeper place. For SGD on a quadratic loss that happens "
        "above 2 divided by the largest curvature.",
        cure="Lower optimizer.learning_rate by factors of 10 until the loss falls steadily, and start again "
        "from fresh weights if some are NaN.",
    ),
    Fault(
        id="decayed-to-nothing",
        chapter="07-optimizers",
        family="optimizer",
        title="The learning rate decays too fast",
        symptom="The loss falls in the first steps and then stands still, far from its best value. "
        "Gradients stay finite while the updates shrink to nothing; there is no message.",
        cause="The rate falls faster than the model learns. A schedule's decay_steps counts optimizer "
        "steps, not epochs: ExponentialDecay(0.1, decay_steps=1, decay_rate=0.1) is down to 1e-6 after five "
        "batches.",
        cure="Choose decay_steps as batches per epoch × epochs, or a decay_rate near 1, and print the rate "
        "as you train; or start with a constant rate.",
    ),
    Fault(
        id="clipped-to-nothing",
        chapter="07-optimizers",
        family="optimizer",
        title="The gradients are clipped to almost nothing",
        symptom="The gradients from the tape are large, yet the variables hardly move under SGD and the "
        "loss looks constant. There is no message.",
        cause="clipnorm, clipvalue or global_clipnorm, or your own clipping, is far below the usual size of "
        "the gradient, so that every step is cut to a tiny one. Adam mostly undoes this by rescaling.",
        cure="Print tf.linalg.global_norm(gradients) for some steps and set global_clipnorm somewhat above "
        "its usual value, so that only outliers are clipped; or leave clipping off.",
    ),
    Fault(
        id="optimizer-rebuilt-each-step",
        chapter="07-optimizers",
        family="optimizer",
        title="The optimizer is new in every step",
        symptom="Momentum does not build up, Adam steps by about its full rate whatever the size of the "
        "gradient, and a warm-up schedule stays at its first rate. It is silent, but raises inside "
        "tf.function.",
        cause="Averages, momentum and the step count live in the optimizer object, and each new one starts "
        "from nothing. Plain SGD has no such state and does not suffer.",
        cure="Create the optimizer once, before the loop, and reuse it. To change its rate, set "
        "optimizer.learning_rate.",
    ),
    Fault(
        id="unknown-variable",
        chapter="07-optimizers",
        family="optimizer",
        title="The optimizer does not know this variable",
        symptom="The optimizer raises ValueError: Unknown variable, at the first update of a variable that "
        "it was not built for.",
        cause="A Keras 3 optimizer makes its state at its first use, for just the variables of that call. "
        "Another model, a rebuilt or newly unfrozen one, or a second call with other variables is unknown "
        "to it.",
        cure="Update all variables in one call, or call optimizer.build(all_variables) once before "
        "training. Give each separate model an optimizer of its own, but no new one in each step.",
    ),
    Fault(
        id="ascending-sign",
        chapter="07-optimizers",
        family="optimizer",
        title="The step goes uphill",
        symptom="Gradients are finite, every variable moves, and the model gets worse from step to step: the "
        "loss rises, or falls without end when its own sign is what is wrong. Nothing raises.",
        cause="The sign is turned round once too often or too rarely: a gradient that is added, a negated "
        "gradient given to the optimizer, or a loss that is large when the model is good.",
        cure="Pass gradients to the optimizer as they are, use v.assign_sub(rate * g) by hand, and minimise "
        "the negative of what you want to be large.",
    ),
)

_NUMERICS = (
    Fault(
        id="vanishing-gradient",
        chapter="08-numerics",
        family="numerics",
        title="The gradient fades on its way back",
        symptom="Gradients are finite but shrink from the last layer to the first by many powers of ten, "
        "and under SGD the first layers hardly move. There is no message.",
        cause="The slope of a sigmoid is 0.25 at most, and the slopes of all layers multiply. Through ten "
        "of them the first kernel was left with two millionths of the last one's gradient.",
        cure='Use activation="relu", "leaky_relu" or "elu" in hidden layers, or add '
        "keras.layers.BatchNormalization or skip connections. Wider layers do not help.",
    ),
    Fault(
        id="exploding-gradient",
        chapter="08-numerics",
        family="numerics",
        title="The gradient grows on its way back",
        symptom="Gradient norms reach huge values, the weights jump, and a few steps later loss and weights "
        "are inf or NaN. Nothing raises.",
        cause="Many factors above 1, as in deep stacks, long recurrences or large starting weights, "
        "multiply up in the backward pass.",
        cure="Use smaller or orthogonal starting weights, normalisation layers or fewer repeated steps, and "
        "global_clipnorm=1.0 in the optimizer. Clipping comes too late for a gradient that is already NaN.",
    ),
    Fault(
        id="log-of-zero",
        chapter="08-numerics",
        family="numerics",
        title="A logarithm of zero",
        symptom="Training looks well, sometimes for hundreds of steps; then the loss is NaN or inf and, one "
        "step later, so are the weights. Nothing raises.",
        cause="A float32 probability became exactly 0 or 1, so the logarithm in your cross-entropy is −inf, "
        "and 0 × −inf is NaN. A sigmoid is exactly 1 from a logit of about 17.",
        cure="Return logits and use keras.losses.BinaryCrossentropy(from_logits=True) or "
        "tf.nn.sigmoid_cross_entropy_with_logits. Clipping the probabilities leaves saturated examples "
        "without gradient.",
    ),
    Fault(
        id="nan-in-unused-branch",
        chapter="08-numerics",
        family="numerics",
        title="NaN from the branch that tf.where drops",
        symptom="The loss is finite and the gradient is NaN, so that every weight behind it is NaN after "
        "one step. Nothing raises.",
        cause="tf.where chooses between values, but both branches are differentiated. The dropped one "
        "contributes 0 × inf, which is NaN, as with log, 1/z or a power at z = 0.",
        cure="Make the argument safe as well: safe = tf.where(z > 0, z, 1.0), then tf.where(z > 0, "
        "tf.math.log(safe), 0.0). For a quotient use tf.math.divide_no_nan.",
    ),
    Fault(
        id="sum-instead-of-mean",
        chapter="08-numerics",
        family="numerics",
        title="The loss is a sum, not a mean",
        symptom="Gradients are larger by the batch size than those of the mean, and SGD diverges at a rate "
        "that should be harmless. Nothing raises, and Adam hardly notices.",
        cause="tf.reduce_sum over the batch makes the size of the loss, and so of each SGD step, grow with "
        "the number of examples.",
        cure="Use tf.reduce_mean, or a Keras loss object, which averages over the batch by default; or "
        "divide the learning rate by the batch size.",
    ),
    Fault(
        id="zero-initialised",
        chapter="08-numerics",
        family="numerics",
        title="All weights start at zero",
        symptom="With tanh or ReLU the gradient is exactly 0 for all kernels, and only the last bias moves. "
        "With sigmoid they move, but all units of a layer stay equal. There is no message.",
        cause="Zero kernels let nothing pass back, and tanh or ReLU units pass nothing forward either. Units "
        "that start equal get equal gradients for ever.",
        cure='Leave kernels at the default "glorot_uniform" or use "he_normal". Zeros are fine for biases, '
        "and for a model of a single layer.",
    ),
    Fault(
        id="dead-relu",
        chapter="08-numerics",
        family="numerics",
        title="ReLU units that are never active",
        symptom="The gradient of the layer's kernel and bias is exactly 0 on every batch; if all its units "
        "are dead, the next kernel gets 0 as well and the output no longer depends on the input. There is "
        "no message.",
        cause="A ReLU whose input is negative for every example outputs 0 with slope 0, so nothing can "
        "bring it back. Strongly negative biases or one oversized step lead there.",
        cure='Start biases at 0, lower the learning rate, scale the inputs, or use activation="leaky_relu", '
        "which keeps a slope. Units that are dead already need new starting weights.",
    ),
    Fault(
        id="unscaled-inputs",
        chapter="08-numerics",
        family="numerics",
        title="The inputs are far from unit scale",
        symptom="Gradients are huge or differ by powers of ten between features. With SGD the loss turns "
        "NaN, or, at a rate small enough to avoid that, it hardly falls; nothing raises.",
        cause="The gradient of the first kernel is proportional to its inputs. Values in the thousands make "
        "it explode, and no single rate suits features of very different size.",
        cure="Standardise the features: norm = keras.layers.Normalization(), norm.adapt(x_train), and put "
        "it first in the model. Scale targets as well if they are large.",
    ),
    Fault(
        id="nan-in-data",
        chapter="08-numerics",
        family="numerics",
        title="The data contain NaN",
        symptom="The loss is NaN in the first batch that holds such a row, and after that step every weight "
        "is NaN. Nothing raises.",
        cause="One NaN in a feature or a target reaches every gradient of its batch. Masking the loss comes "
        "too late: 0 × NaN is still NaN in the backward pass.",
        cure="Drop or fill such rows before training, for instance keep = np.isfinite(x).all(axis=1), check "
        "the targets too, and start again from fresh weights.",
    ),
    Fault(
        id="too-little-capacity",
        chapter="08-numerics",
        family="numerics",
        title="The model cannot express the solution",
        symptom="Gradients are finite and the weights do move, but the loss levels off well above what you "
        "need. On two balanced classes it can stop at ln 2, which is chance. There is no message.",
        cause="No choice of these weights fits the data: a layer is too narrow, or there is no "
        "non-linearity, and Dense layers without activation add up to one linear layer.",
        cure='Give hidden layers an activation, such as Dense(16, activation="tanh"), and enough units, and '
        "check that the model can fit a few examples exactly.",
    ),
)

_GRAPH_MODE = (
    Fault(
        id="variable-created-in-graph",
        chapter="09-graph-mode",
        family="graph mode",
        title="A tf.function creates a variable",
        symptom="The call raises ValueError: tf.function only supports singleton tf.Variables created on "
        "the first call. Nothing is trained.",
        cause="Your step makes a variable, a layer, a loss with parameters or an optimizer each time it is "
        "traced. A graph may create variables only once.",
        cure="Create models, losses, optimizers and variables outside the function and use them inside; "
        "build the optimizer before, with optimizer.build(model.trainable_variables).",
    ),
    Fault(
        id="frozen-python-state",
        chapter="09-graph-mode",
        family="graph mode",
        title="A Python value was frozen at tracing",
        symptom="You change a learning rate, a flag or a layer's trainable, and the step behaves as before. "
        "Nothing raises; with a rate of 0 at the first call no weight ever moves.",
        cause="tf.function runs your Python code when it traces, and writes the values of that moment into "
        "the graph. Later changes of a Python variable are not seen.",
        cure="Keep what changes in a tf.Variable and assign to it, pass it as a tensor argument, or set "
        "optimizer.learning_rate, which a traced step does follow.",
    ),
    Fault(
        id="numpy-in-graph",
        chapter="09-graph-mode",
        family="graph mode",
        title="NumPy was called inside a graph",
        symptom="tf.function or fit raises while tracing: NotImplementedError from a NumPy function, "
        "AttributeError for .numpy() of a tensor. Random numbers of NumPy raise nothing and stay "
        "the same for ever.",
        cause="While a graph is traced its tensors are symbolic and have no values yet, so NumPy has "
        "nothing to compute with.",
        cure="Use the tf or keras.ops function instead, and tf.random for random numbers. Setting "
        "run_eagerly=True removes the error and can leave the gradient cut instead.",
    ),
    Fault(
        id="update-outside-graph",
        chapter="09-graph-mode",
        family="graph mode",
        title="The update is a Python side effect",
        symptom="The step runs without a message and its weights, buffers or counters never change after "
        "the first call; a rebound attribute holds a symbolic tensor instead of a value.",
        cause="Rebinding a name, changing a list or a dict, and counting in Python happen once, when the "
        "function is traced. Only TensorFlow operations run at every call.",
        cure="Keep the state in variables made outside, and change it inside with assign, assign_add, "
        "assign_sub or optimizer.apply_gradients; or return the new value and store it outside.",
    ),
)

_KERAS_FIT = (
    Fault(
        id="frozen-after-compile",
        chapter="10-keras-fit",
        family="keras fit",
        title="Frozen at the wrong moment for compile",
        symptom="Layers that you froze after a fit keep moving in the next one, or layers that you unfroze "
        "stay where they are, and no compile comes after it. Or a model that you froze between compile and "
        "its first batch, as in old GAN recipes, does not move at all. None of these raises.",
        cause="Keras 3 settles which variables train when the first batch is traced after compile. What you "
        "set later is ignored until you compile again.",
        cure="Set trainable first and then call model.compile(...), each time you change it; after "
        "unfreezing with a new optimizer. For two models "
        "that share layers, set trainable and compile for each, or write the step with two lists of "
        "variables.",
    ),
    Fault(
        id="recompiled-late",
        chapter="10-keras-fit",
        family="keras fit",
        title="Compiled too late or too often",
        symptom="Layers that you unfroze stay exactly where they are in the next fit, because compile comes "
        "only after it. Or you compile in every round, and momentum and the step count start from 0 again. "
        "Both are silent.",
        cause="Unfreezing has no effect on a traced training step until you compile. And each compile with "
        "a new optimizer drops the state of the old one.",
        cure="After unfreezing call model.compile with a new optimizer, before the next fit; the old one "
        "would raise “Unknown variable”. Otherwise compile once and call fit as often as you like.",
    ),
    Fault(
        id="train-step-drops-gradients",
        chapter="10-keras-fit",
        family="keras fit",
        title="Your train_step applies no gradients",
        symptom="fit runs through without a message and no weight moves. The loss it reports stays level, "
        "or is 0.0 when your train_step does not update the loss metric.",
        cause="A train_step of your own replaces the whole step of Keras, updates included. Yours computes "
        "gradients and does not hand them to the optimizer.",
        cure="After tape.gradient(loss, self.trainable_variables) call self.optimizer.apply(gradients, "
        "self.trainable_variables), and report the loss through a keras.metrics.Mean.",
    ),
    Fault(
        id="missing-training-flag",
        chapter="10-keras-fit",
        family="keras fit",
        title="The model is not told that it trains",
        symptom="The loss falls and the weights move, but BatchNormalization's moving mean and variance "
        "stay at 0 and 1, and Dropout drops nothing. There is no message.",
        cause="In your own step, model(x) means inference. And under fit, Keras passes the flag on only if "
        "the call method of your model has a training argument.",
        cure="Write model(x, training=True) in your step, and define call(self, x, training=None) in a "
        "subclass. These statistics have no gradient; the forward pass itself updates them.",
    ),
)

FAULTS: tuple[Fault, ...] = (
    *_TAPE_SCOPE,
    *_BROKEN_GRAPH,
    *_REGISTRATION,
    *_PAIRING,
    *_LOSS,
    *_TRAINABLE_LOSS,
    *_OPTIMIZER,
    *_NUMERICS,
    *_GRAPH_MODE,
    *_KERAS_FIT,
)
"""Every fault, in the order in which the course teaches them."""

_BY_ID = {fault.id: fault for fault in FAULTS}


def fault(id: str) -> Fault:
    """The fault of that id. Raises `LookupError`, with close names, if there is none."""
    if id not in _BY_ID:
        raise LookupError(_unknown("fault", id, _BY_ID))
    return _BY_ID[id]


def chapter_faults(slug: str) -> tuple[Fault, ...]:
    """The faults of a chapter, in order; the first and the last chapter have none of their own.

    Raises `LookupError`, with close names, if there is no such chapter.
    """
    if slug not in CHAPTERS:
        raise LookupError(_unknown("chapter", slug, CHAPTERS))
    return tuple(fault for fault in FAULTS if fault.chapter == slug)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, known, n=3)
    meant = f" Did you mean {' or '.join(close)}?" if close else ""
    return f"There is no {kind} named {name!r}.{meant}"
