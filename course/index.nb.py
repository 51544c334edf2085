# %% [markdown]
# # Why won't it learn? · Start here
#
# You can call `fit`, and sometimes a model does not learn. This course shows you why, one fault at a time.
#
# **Your first time?** Open [00 · What one training step does](00-start-here.ipynb): 15 minutes to read and run. Then
# take the chapters in order; each one needs those before it. A lesson ends with a link to its exercise, and the
# exercise ends with a link to the next lesson. **Coming back?** Run the next cell: it says what is solved and what is
# next.

# %%
from autograder import progress

progress()

# %% [markdown]
# ## The way
#
# | Lesson | to read and run | Exercise | to solve |
# |---|---|---|---|
# | [00 · What one training step does](00-start-here.ipynb) | 15 minutes | none |  |
# | [01 · Put it inside the tape, and prove it](01-tape-scope.ipynb) | 20 minutes | [01-tape-scope](../exercises/01-tape-scope/01-tape-scope.ipynb) | about an hour |
# | [02 · Find where a value leaves TensorFlow](02-broken-graph.ipynb) | 25 minutes | [02-broken-graph](../exercises/02-broken-graph/02-broken-graph.ipynb) | about an hour |
# | [03 · Make every weight a variable that is seen](03-variable-registration.ipynb) | 25 minutes | [03-variable-registration](../exercises/03-variable-registration/03-variable-registration.ipynb) | about an hour |
# | [04 · Give every gradient to its own variable](04-gradient-pairing.ipynb) | 25 minutes | [04-gradient-pairing](../exercises/04-gradient-pairing/04-gradient-pairing.ipynb) | about 75 minutes |
# | [05 · Replace a loss that has no slope](05-differentiable-losses.ipynb) | 25 minutes | [05-differentiable-losses](../exercises/05-differentiable-losses/05-differentiable-losses.ipynb) | about an hour |
# | [06 · Train the parameters of a loss](06-trainable-losses.ipynb) | 25 minutes | [06-trainable-losses](../exercises/06-trainable-losses/06-trainable-losses.ipynb) | about an hour and a half |
# | [07 · Tell a dead optimizer from a dead gradient](07-optimizers.ipynb) | 25 minutes | [07-optimizers](../exercises/07-optimizers/07-optimizers.ipynb) | about an hour and a half |
# | [08 · Find the operation that spoils the numbers](08-numerics.ipynb) | 25 minutes | [08-numerics](../exercises/08-numerics/08-numerics.ipynb) | about an hour |
# | [09 · Write a tf.function that still updates](09-graph-mode.ipynb) | 25 minutes | [09-graph-mode](../exercises/09-graph-mode/09-graph-mode.ipynb) | about an hour and a half |
# | [10 · Find the same faults behind fit](10-keras-fit.ipynb) | 25 minutes | [10-keras-fit](../exercises/10-keras-fit/10-keras-fit.ipynb) | about an hour and a half |
# | [11 · Hunt several faults in one script](11-bug-hunt.ipynb) | 25 minutes | [11-bug-hunt](../exercises/11-bug-hunt/11-bug-hunt.ipynb) | about two hours |
#
# If you know `GradientTape` well, begin with the [exercise of chapter 01](../exercises/01-tape-scope/01-tape-scope.ipynb)
# and read a lesson when a problem stops you. There is a [chart](images/decision-chart.svg) to print and a
# [glossary](glossary.md).
#
# ## How an exercise goes
#
# 1. Run the cells from the top (`Shift`+`Enter`). Most answer cells hold a program that runs and does not learn.
# 2. Change the answer cell, run it, and run the check under it. It trains your code on new data and says what it saw.
# 3. Stuck? `hint("sensor-step", 1)` gives the first of three hints for the problem of that name.
# 4. Lost in your own changes? Write `reset("sensor-step")` into the first line of the answer cell and run it: the
#    program is as it was given, and your attempt stands below it in comments.
# 5. Save (`Ctrl`+`S`), then run `check_notebook("01-tape-scope")`: all problems, with the hidden checks.
# 6. Solved? `solution("sensor-step")` shows how we did it, and why it works. Before that it tells you what is missing.
#
# What you write stays yours: no command of this course overwrites an answer. `autograder update` in a terminal
# brings the newest version of the course and puts your answers into it.
