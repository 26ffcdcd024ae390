"""Nothing is believed for ever: what is too old has to be read again."""

from __future__ import annotations

from datetime import UTC, date, datetime

from simcloud.facts.index import every_fact
from simcloud.facts.lifetime import expires
from simcloud.rules.engine import laws


def test_no_fact_and_no_law_is_older_than_its_expiry() -> None:
    today = datetime.now(UTC).date()
    old = [
        f"{name}, read on {fact.read_on}: {fact.source}"
        for name, fact in every_fact()
        if expires(name.partition(".")[0], fact.read_on) <= today
    ]
    old += [
        f"{law.id}, read on {law.read_on}: {law.source}" for law in laws() if expires("rules", law.read_on) <= today
    ]
    assert not old, "read these sources again, correct what has changed, and write down the new day:\n" + "\n".join(old)


def test_prices_are_read_again_each_half_year_and_texts_later() -> None:
    assert expires("prices", "2026-01-01") == date(2026, 7, 3)
    assert expires("words_run", "2026-01-01") > expires("prices", "2026-01-01")
