"""What a learner sees of a verdict."""

from __future__ import annotations

from autograder.checks.check import Miss, spoken
from autograder.checks.drawing import as_html, as_text, shown_hint
from autograder.checks.verdict import CheckVerdict, QuestionVerdict

VERDICT = QuestionVerdict(
    id="q",
    title="Open the path",
    outcome="failed",
    points=1,
    max_points=6,
    checks=[
        CheckVerdict("a", "It is there.", "passed", 1, 1),
        CheckVerdict("b", "It runs.", "failed", 0, 2, expected="2 tasks", got="<script>alert(1)</script>", hint="look"),
        CheckVerdict("c", "It goes on.", "skipped", 0, 1),
    ],
)


def test_each_check_is_shown_with_its_verdict_and_what_was_expected_and_came() -> None:
    assert as_text(VERDICT) == (
        "Open the path: not yet\n"
        "  [passed] It is there.\n"
        "  [not yet] It runs.\n"
        "      expected: 2 tasks\n"
        "      got: <script>alert(1)</script>\n"
        "      hint: look\n"
        "  [waits] It goes on.\n"
        "Visible: 1 of 4 points; 2 more are checked after submission."
    )


def test_html_says_the_same_and_has_no_script() -> None:
    html = as_html(VERDICT)
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "Visible: 1 of 4 points" in html


def test_a_miss_is_drawn_without_frames_paths_or_colours() -> None:
    miss = Miss(2, ["a", "b"], "look again")
    miss.sentence = "Two tasks run."
    assert miss._render_traceback_() == [
        "Not yet: Two tasks run.",
        "  expected: 2",
        "  got:      a, b",
        "  hint:     look again",
    ]


def test_a_miss_is_drawn_in_lines_that_are_not_broken_within_words() -> None:
    arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:" + "s" * 80
    lines = Miss("a task", f"it may read {arn} " + "and more " * 30)._render_traceback_()
    assert [line.strip() for line in lines].count(arn) == 1
    assert max(len(line) for line in lines if arn not in line) <= 98
    assert all(line.startswith(" " * 12) for line in lines[3:])


def test_a_hint_is_drawn_with_its_code_and_nothing_in_it_is_html() -> None:
    shown = shown_hint(2, 3, "name `<service>` in it")._repr_mimebundle_()
    assert shown["text/plain"] == "Hint 2 of 3: name `<service>` in it"
    assert shown["text/html"] == "<div><strong>Hint 2 of 3:</strong> name <code>&lt;service&gt;</code> in it</div>"


def test_long_values_are_cut_at_a_readable_length() -> None:
    long = "CannotPullContainerError " + "x" * 5000 + " AccessDenied"
    assert len(spoken(long)) == 900
    assert spoken(long).startswith("CannotPullContainerError")
    assert spoken(long).endswith("AccessDenied"), "the end says who was denied what"
    assert spoken([]) == "nothing"
