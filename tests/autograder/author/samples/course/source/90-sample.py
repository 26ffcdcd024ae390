# %% [markdown] id="sample-title" rows=["F12"]
# # A sample lesson
#
# It has text, a picture, a widget with its twin, an error and a cell that depends on the machine.

# %% id="sample-hash" rows=["F12", "T01"]
names = {"web", "api", "jobs"}
sorted(names)

# %% id="sample-streams"
import sys

for number in range(3):
    print("line", number)
print("a note", file=sys.stderr)
print("last line")

# %% id="sample-picture"
import matplotlib.pyplot as plt

figure, axes = plt.subplots(figsize=(2, 1))
_ = axes.plot([1, 2, 3], [1, 4, 9])

# %% id="sample-widget"
import ipywidgets


class View:
    """A widget whose stored output is its static twin."""

    def __init__(self):
        self.child = ipywidgets.HTML("live")
        self.box = ipywidgets.VBox([self.child])

    def _repr_mimebundle_(self, **_):
        return {**self.box._repr_mimebundle_(), "text/plain": "the twin", "text/html": "<p>the twin</p>"}


view = View()
view

# %% id="sample-redraw"
view.child.value = "drawn anew"

# %% id="sample-error" tags=["raises-exception"]
{}["subnet-1"]

# %% id="sample-machine" tags=["nbval-ignore-output"]
import os

print(os.getcwd(), os.getpid())

# %% id="sample-state"
from autograder import state

with state.change() as s:
    s["lessons"]["90-sample"] = {"read": True}
state.read()["learner"]

# %% id="sample-question" rows=["N05"]
from autograder.exam.question import question

question("three-keys-to-ecr")
