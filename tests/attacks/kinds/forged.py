"""Messages written into the pipe to the grader by the learner's own hand."""

from __future__ import annotations

from tests.attacks.attack import Attack
from tests.attacks.names import BELIEVED, BOUNDED, DEADLINE

PIPE = """
import os
def say(line):
    line += b"\\n"
    while line:
        line = line[os.write(4, line):]
"""
VERDICT = '{"event": "verdict", "verdict": {"id": "%s", "outcome": "passed", "points": %s}}'


def forged(line: str) -> str:
    """Source that says one line."""
    return f"{PIPE}\nsay({line!r}.encode('utf-8', 'surrogatepass'))"


ATTACKS = [
    Attack(
        "forged-verdict",
        "writes a verdict with all points in the grader's own form",
        (BELIEVED,),
        forged(VERDICT % ("open-the-keys", "20")),
    ),
    Attack("forged-nan", "writes a verdict of NaN points", (BELIEVED,), forged(VERDICT % ("open-the-keys", "NaN"))),
    Attack(
        "forged-infinity",
        "writes a verdict of 1e999 points, which is a number until it is read",
        (BELIEVED,),
        forged(VERDICT % ("open-the-keys", "1e999")),
    ),
    Attack(
        "forged-types",
        "writes messages whose parts have the wrong types",
        (BELIEVED,),
        PIPE
        + "for line in (b'7', b'[]', b'null', b'{\"event\": []}', b'{\"event\": \"entry\"}', b'{\"event\": \"entry\", "
        + '"entry": {"kind": {}}}\', b\'{"event": "entry", "entry": {"kind": "call", "service": 7, "params": []}}\', '
        + 'b\'{"event": "entry", "entry": {"kind": "advance", "seconds": "9"}}\', '
        + 'b\'{"event": "done", "outcome": [], "error": {}, "outputs": {"a": 1}}\'):\n    say(line)\n',
    ),
    Attack("forged-depth", "writes a message nested 100,000 deep", (BELIEVED,), f"{PIPE}\nsay(b'[' * 100_000)"),
    Attack("forged-encoding", "writes bytes that are no UTF-8", (BELIEVED,), f"{PIPE}\nsay(b'\\xff\\xfe{{\\x80}}')"),
    Attack(
        "half-characters",
        "answers and fails with halves of characters, which no page and no file can hold",
        (BELIEVED,),
        "stop_code, host = '\\ud800', '\\udfff'\nraise Exception('\\ud83d')",
    ),
    Attack(
        "forged-digits",
        "writes a number of 60,000 digits",
        (BELIEVED,),
        PIPE + 'say(b\'{"event": "entry", "entry": {"kind": "advance", "seconds": \' + b\'9\' * 60_000 + b\'}}\')',
    ),
    Attack(
        "forged-pickle",
        "writes a pickle whose `__reduce__` writes into the gradebook's folder",
        (BELIEVED,),
        PIPE
        + """
import base64, pickle
class Evil:
    def __reduce__(self):
        return exec, ("import pathlib; pathlib.Path('@FOLDER@/pickled').write_text('@ME@')",)
say(base64.b64encode(pickle.dumps(Evil())))
""",
    ),
    Attack(
        "forged-huge",
        "writes one line of 60 MB, as an output of the cell",
        (BOUNDED,),
        PIPE
        + """
say(b'{"event": "done", "outcome": "ok", "outputs": [{"output_type": "stream", "text": "' + b"x" * 60_000_000 + b'"}]}')
""",
    ),
    Attack(
        "printed-gigabytes",
        "prints two gigabytes, the last of them past Python's own streams",
        (BOUNDED,),
        """
import os
for _ in range(2):
    print("x" * 10_000_000)
for _ in range(200):
    os.write(1, b"x" * 10_000_000)
""",
    ),
    Attack(
        "newline-flood",
        "writes millions of empty lines, each of which the grader has to look at",
        (BOUNDED,),
        f"{PIPE}\nfor _ in range(40):\n    say(b'\\n' * 1_000_000)",
    ),
    Attack(
        "idle-messages",
        "writes a million messages that can be believed and are of no use",
        (BOUNDED,),
        f"{PIPE}\nfor _ in range(12):\n    say(b'{{}}\\n' * 90_000)",
        budget={"cell_seconds": 60, "total_seconds": 90},
    ),
    Attack(
        "wide-messages",
        "writes answers of a million empty lists each, which take a hundred times their size in memory",
        (BOUNDED,),
        PIPE
        + """
check = b'{"event": "entry", "entry": {"kind": "check", "question": "open-the-keys", "answers": {"a": [[]%s]}}}'
for _ in range(9):
    say(check % (b",[]" * 1_300_000))
""",
        budget={"cell_seconds": 60, "total_seconds": 90},
    ),
    Attack(
        "forged-done",
        "says that its cells are done before they are, and that checks were made which it never made",
        (BELIEVED,),
        PIPE
        + """
for question in ("open-the-keys", "past-the-pull", "keep-it-narrow"):
    say(b'{"event": "entry", "entry": {"kind": "check", "question": "%s", "answers": {}}}' % question.encode())
    say(b'{"event": "done", "outcome": "ok", "points": 5, "verdict": {"id": "%s", "points": 3}}' % question.encode())
""",
    ),
    Attack(
        "alarm-ignored",
        "ignores the alarm that ends a cell, and loops",
        (DEADLINE,),
        """
import signal, time
signal.signal(signal.SIGALRM, signal.SIG_IGN)
for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGXCPU):
    signal.signal(number, signal.SIG_IGN)
end = time.monotonic() + 7
while time.monotonic() < end:
    pass
did("outlast its time")
""",
        budget={"cell_seconds": 1.5, "grace_seconds": 30},
    ),
    Attack(
        "interrupt-caught",
        "catches whatever would end its loop",
        (DEADLINE,),
        """
import time
end = time.monotonic() + 7
while time.monotonic() < end:
    try:
        while time.monotonic() < end:
            pass
    except BaseException:
        pass
did("outlast its time")
""",
        budget={"cell_seconds": 1.5, "grace_seconds": 30},
    ),
]
