"""The forms of the cohort exams: two an exam, of thirty graded items each, kept in graded/forms.json.

A form keeps its items at their places for good, since a past answer names its place (`A07`): an item's text may be
corrected and its key too, but another item at its place would be another question. `fargate-course bank forms`
assembles what is not yet whole, exact to the shares of the blueprint, and leaves whole forms alone. A pilot is made a
scored item by hand: swap `scored` of two entries of one domain.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.bank import bank
from autograder.bank.item import Item
from autograder.exam.assignment import LENGTH
from autograder.exam.form import ASKED, scored_counts
from autograder.trouble import Trouble

NAMES = ("A", "B")
TRIES = 400
"""Draws until the fullest form is taken as it is: enemies may bar the way of one draw and not of the next."""


@dataclass(frozen=True)
class Entry:
    """One place of a form."""

    item: str
    domain: int
    scored: bool


Forms = dict[str, dict[str, list[Entry]]]
"""By exam and name of the form."""


def file() -> Path:
    """Where they are kept; never in a bundle."""
    return bank.GRADED / "forms.json"


def read() -> Forms:
    """The forms as they are kept. Raises Trouble where the file is missing or names what is not there."""
    path = file()
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = {
            exam: {name: [Entry(**one) for one in entries] for name, entries in forms.items()}
            for exam, forms in data.items()
        }
    except OSError:
        raise Trouble(f"{path.name} is not here: the cohort exams are with the instructor alone") from None
    except (ValueError, TypeError, AttributeError) as error:
        raise Trouble(f"{path.name} is damaged ({error}): write it anew with `fargate-course bank forms`") from None
    for text in problems(found):
        raise Trouble(text)
    return found


def problems(forms: Forms) -> Iterator[str]:
    """What no form may have: an exam or an item that is not there, an item twice, enemies together."""
    known = {one.id: one for one in bank.load(bank.GRADED)}
    for exam, both in forms.items():
        if exam not in bank.blueprints():
            yield f"{file().name}: there is no exam {exam}"
        names = [entry.item for entries in both.values() for entry in entries]
        for name, times in Counter(names).items():
            if name not in known:
                yield f"{file().name}: {exam}: item {name} is not in the graded bank"
            elif times > 1:
                yield f"{file().name}: {exam}: item {name} stands there {times} times"
        for form, entries in both.items():
            groups = Counter(known[one.item].enemies for one in entries if one.item in known)
            for group in (group for group, times in groups.items() if group and times > 1):
                yield f"{file().name}: {exam}, form {form}: two items of the group {group} give each other away"


def short(forms: Forms) -> Iterator[str]:
    """Which form lacks what its blueprint asks for, in words."""
    for exam, blueprint in bank.blueprints().items():
        wanted = scored_counts(blueprint, LENGTH)
        for name in NAMES:
            entries = forms.get(exam, {}).get(name, [])
            there = Counter(one.domain for one in entries if one.scored)
            lacking = [
                f"domain {each} has {there[each]} of {wanted[each]}" for each in wanted if there[each] < wanted[each]
            ]
            if lacking or len(entries) < LENGTH:
                says = "; ".join(lacking) or "the scored items are whole, pilots are missing"
                yield f"{exam}, form {name}: {len(entries)} of {LENGTH} items: {says}"


def assembled(before: Forms) -> Forms:
    """Forms for every exam: whole ones as they were, the others drawn from the graded items that those leave."""
    made: Forms = {}
    for exam in bank.blueprints():
        whole = {name: entries for name, entries in before.get(exam, {}).items() if len(entries) == LENGTH}
        made[exam] = {**whole, **_best(exam, [name for name in NAMES if name not in whole], whole)}
        made[exam] = {name: made[exam][name] for name in NAMES}
    return made


def _best(exam: str, names: Sequence[str], whole: Mapping[str, Sequence[Entry]]) -> dict[str, list[Entry]]:
    """Of many draws of these forms the one with the most items."""
    taken = {entry.item for entries in whole.values() for entry in entries}
    known = [one for one in bank.load(bank.GRADED) if one.type in ASKED and one.id not in taken]
    pool = [one for one in known if any(place.exam == exam for place in one.exams)]
    best: dict[str, list[Entry]] = {name: [] for name in names}
    for number in range(TRIES if names else 0):
        drawn = _drawn(exam, names, pool, random.Random(f"{exam} {number}"))
        if sum(map(len, drawn.values())) > sum(map(len, best.values())):
            best = drawn
        if all(len(best[name]) == LENGTH for name in names):
            break
    return best


def _drawn(exam: str, names: Sequence[str], items: Sequence[Item], draw: random.Random) -> dict[str, list[Entry]]:
    """The forms filled in turns from one shuffled pile: scored items of the rarest domains first, then pilots."""
    counts = scored_counts(bank.blueprints()[exam], LENGTH)
    pool = draw.sample(items, len(items))
    domains = {one.id: [place.domain for place in one.exams if place.exam == exam] for one in pool}
    left = {one.id: one for one in pool}
    forms: dict[str, list[Entry]] = {name: [] for name in names}
    groups: dict[str, set[str]] = {name: set() for name in names}

    def take(name: str, domain: int, *, scored: bool) -> None:
        """One more item for a form; `domain` 0 is any."""
        for one in left.values():
            if domain in (0, *domains[one.id]) and not (one.enemies and one.enemies in groups[name]):
                del left[one.id]
                groups[name].add(one.enemies)
                forms[name].append(Entry(one.id, domain or domains[one.id][0], scored))
                return

    spare = {each: sum(each in some for some in domains.values()) - len(names) * counts[each] for each in counts}
    for domain in sorted(counts, key=spare.__getitem__):
        for _ in range(counts[domain]):
            for name in names:
                take(name, domain, scored=True)
    for _ in range(LENGTH - sum(counts.values())):
        for name in names:
            take(name, 0, scored=False)
    for entries in forms.values():
        draw.shuffle(entries)
    return forms


def placed(form: str, entries: list[Entry]) -> Iterator[tuple[str, Entry]]:
    """Each entry with the name of its place: A01, A02, ..."""
    yield from ((f"{form}{number:02}", entry) for number, entry in enumerate(entries, 1))


def text(forms: Forms) -> str:
    """As the file has them."""
    plain = {
        exam: {name: [asdict(one) for one in entries] for name, entries in both.items()} for exam, both in forms.items()
    }
    return json.dumps(plain, indent=1) + "\n"
