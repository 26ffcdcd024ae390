"""Schedules as PutScheduledAction reads them. The texts of the real AWS are in tests/fidelity/test_scaling.py."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simcloud.rules.cron import UnreadableCron, read_cron
from simcloud.rules.moment import UnreadableMoment, read_moment
from simcloud.rules.scaling.expressions import UnreadableSchedule, read_schedule


@pytest.mark.parametrize(
    ("written", "seconds", "minutes", "hours"),
    [
        ("0 18 * * ?", (0,), (0,), (18,)),
        ("0 18 * * ? *", (0,), (0,), (18,)),
        ("30 0 18 * * ? *", (30,), (0,), (18,)),
        ("5/25 1-3,9 ? * MON *", (0,), (5, 30, 55), (1, 2, 3, 9)),
        ("0 22-2/2 ? * MON *", (0,), (0,), (0, 2, 22)),
    ],
)
def test_fields_begin_with_minutes_or_with_seconds_where_there_are_seven(
    written: str, seconds: tuple[int, ...], minutes: tuple[int, ...], hours: tuple[int, ...]
) -> None:
    found = read_cron(written)
    assert (found.seconds, found.minutes, found.hours) == (seconds, minutes, hours)


def test_names_and_numbers_mean_the_same() -> None:
    assert read_cron("0 8 ? JAN,MAR MON-FRI *") == read_cron("0 8 ? 1,3 2-6 *")
    assert read_cron("0 8 ? * sun *").weekdays == (1,)


def test_days_of_the_month_and_of_the_week_have_marks() -> None:
    assert read_cron("0 8 L-3 * ? *").last_day == 3
    assert read_cron("0 8 LW * ? *").nearest_weekday
    assert read_cron("0 8 ? * THU#4 *").nth == 4
    assert read_cron("0 8 ? * L *").weekdays == (7,)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0 9",
        "61 61 * * ? *",
        "0 8 32 * ? *",
        "0 8 ? 13 2 *",
        "0 8 ? * 8 *",
        "0 8 ? * MON#6 *",
        "0 8 1,L * ? *",
        "0 8 ? * 2L,3 *",
        "0 8 ? * 2#1,3#1 *",
        "0/61 8 ? * 2 *",
        "0/ 8 ? * 2 *",
        "0 8W ? * 2 *",
        "! 8 ? * 2 *",
        "0 8 L-31 * ? *",
    ],
)
def test_what_quartz_does_not_read_is_refused(written: str) -> None:
    with pytest.raises(UnreadableCron):
        read_cron(written)


@pytest.mark.parametrize(
    ("written", "complaint"),
    [
        ("2035-01-01", 'Invalid format: "2035-01-01" is too short'),
        ("2035-01-01T00:00:00Z", 'Invalid format: "2035-01-01T00:00:00Z" is malformed at "Z"'),
        ("tomorrow", 'Invalid format: "tomorrow"'),
        (
            "2035-02-29T00:00:00",
            'Cannot parse "2035-02-29T00:00:00": Value 29 for dayOfMonth must be in the range [1,28]',
        ),
    ],
)
def test_a_moment_is_refused_in_the_words_of_joda_time(written: str, complaint: str) -> None:
    with pytest.raises(UnreadableMoment) as caught:
        read_moment(written)
    assert str(caught.value) == complaint


def test_a_moment_may_have_single_digits() -> None:
    assert read_moment("2020-12-8T9:36:0") == (2020, 12, 8, 9, 36, 0)


@given(st.text(st.sampled_from("0123456789*?/-,LW# MONJAN()ratecn:T"), max_size=30))
def test_any_text_is_read_or_refused(written: str) -> None:
    for text in (written, f"cron({written})", f"at({written})", f"rate({written})"):
        with suppress(UnreadableSchedule):
            assert any(read_schedule(text)) or text.startswith("rate(0")
