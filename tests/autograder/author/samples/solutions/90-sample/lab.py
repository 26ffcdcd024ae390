# %% [markdown] id="lab-title"
# # A sample lab

# %% id="lab-setup" role="setup"
world = {"count": 2, "cause": "no S3 endpoint"}


def check(question, *, got, expected):
    if got is ...:
        raise NotImplementedError(f"{question} is not attempted")
    assert got == expected, f"expected {expected}, got {got}"
    print("passed")


# %% [markdown] id="lab-ask-count" role="setup"
# How many tasks are wanted?

# %% id="lab-count" role="answer" question="count"
# Set `count` to the number of tasks.
### BEGIN SOLUTION
count = world["count"]
### END SOLUTION

# %% id="lab-check-count" role="check" question="count" points=3 rows=["F12"] tags=["raises-exception"]
check("count", got=globals().get("count", ...), expected=2)

# %% id="lab-cause" role="answer" question="cause"
def cause():
    ### BEGIN SOLUTION
    found = world["cause"]
    return found.upper()
    ### END SOLUTION


# %% id="lab-check-cause" role="check" question="cause" points=2 rows=["F12"] tags=["raises-exception"]
check("cause", got=cause() or ..., expected="NO S3 ENDPOINT")

# %% [markdown] id="lab-reflect" role="reflect" question="why" points=4
# Why did the tasks stop?
#
# === BEGIN MARK SCHEME ===
# Two points for the layer bucket, two for the route table.
# === END MARK SCHEME ===

# %% [markdown] id="lab-reflect-answer" role="reflect" question="why"
# *Write here.*
