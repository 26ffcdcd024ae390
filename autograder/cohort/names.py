"""Learners as the cohort page calls them: by name, or by a pseudonym that is the same in every report of one cohort.

A pseudonym is an HMAC of the learner's id by a key that is drawn once, lies in `grading/pseudonyms.key` and leaves the
course's folder in backups alone. What learners wrote may hold their names too, so every text is searched for them.
"""

from __future__ import annotations

import base64
import hmac
import os
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from autograder.author.places import Course
from autograder.grade.export import Roster
from autograder.trouble import Trouble

SUBSTRING = 4
"""Characters from which an id is looked for within words too; a shorter one would be found in every other word."""
SOMEBODY = "a learner"


class Names:
    """Who is called what."""

    def __init__(self, learners: Iterable[str], people: Roster, key: bytes = b"") -> None:
        """`key`: of the pseudonyms; b'' to call everybody by name."""
        self._people = people
        self._known = {learner: f"L-{code}" for learner, code in _codes(learners, key)} if key else {}
        self._within, self._words = _searches(self._known, people)

    @property
    def hidden(self) -> bool:
        """Are learners called by pseudonyms?"""
        return bool(self._known)

    def of(self, learner: str) -> str:
        """What a learner is called."""
        if self.hidden:
            return self._known.get(learner, SOMEBODY)
        person = self._people.get(learner)
        return f"{person.name} ({learner})" if person and person.name else learner

    def text(self, said: str) -> str:
        """A text without anybody's name."""
        if not self.hidden:
            return said
        for search, known in (self._within, self._words):
            if search is not None:
                said = search.sub(partial(_code, known), said)
        return said

    def everywhere(self, value: Any) -> Any:
        """A JSON value without anybody's name in any of its texts."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return {key: self.everywhere(inner) for key, inner in value.items()}
        return [self.everywhere(inner) for inner in value] if isinstance(value, list | tuple) else value


def key_of(here: Course) -> bytes:
    """The cohort's key, drawn at the first use. Raises Trouble where its file is damaged."""
    file = here.root / "grading" / "pseudonyms.key"
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        new = file.with_name(f".{file.name}.{os.getpid()}")
        new.touch(mode=0o600)
        new.write_text(secrets.token_hex(32) + "\n", encoding="ascii")
        _lay(new, file)
    text = file.read_text(encoding="utf-8", errors="replace").strip()
    if re.fullmatch(r"[0-9a-f]{64}", text) is None:
        raise Trouble(f"{file} is damaged: restore it from a backup, or delete it and get other pseudonyms")
    return bytes.fromhex(text)


def _lay(new: Path, file: Path) -> None:
    """Put a file in its place, unless another process was quicker."""
    try:
        os.link(new, file)
    except FileExistsError:
        pass
    finally:
        new.unlink()


def _code(known: Mapping[str, str], found: re.Match[str]) -> str:
    """What stands for a name that was found; letters that fold otherwise than they compare are nobody's."""
    return known.get(found[0].casefold(), SOMEBODY)


def _codes(learners: Iterable[str], key: bytes) -> Iterator[tuple[str, str]]:
    """Six letters and digits each; more where two would be the same."""
    whole = {one: base64.b32encode(hmac.digest(key, one.encode(), "sha256")).decode() for one in set(learners)}
    length = next(n for n in range(6, 53) if len({code[:n] for code in whole.values()}) == len(whole))
    yield from ((learner, code[:length]) for learner, code in whole.items())


Search = tuple[re.Pattern[str] | None, dict[str, str]]


def _searches(known: Mapping[str, str], people: Roster) -> tuple[Search, Search]:
    """What is looked for anywhere, and what is looked for as a word alone."""
    within: dict[str, str] = {}
    words: dict[str, str] = {}
    for learner, code in known.items():
        person = people.get(learner)
        whole = [learner, *([person.name, person.email, person.login] if person else [])]
        for name in filter(None, whole):
            (within if len(name) >= SUBSTRING else words)[name.casefold()] = code
        parts = re.findall(r"\w{2,}", person.name) if person else []
        for name in filter(None, [*parts, person.number if person else ""]):
            folded = name.casefold()
            words[folded] = code if words.get(folded, code) == code else SOMEBODY
    return _search(within, "{}"), _search(words, r"(?<![^\W_])(?:{})(?![^\W_])")


def _search(known: dict[str, str], form: str) -> Search:
    if not known:
        return None, known
    return re.compile(form.format(_alternatives(sorted(known))), re.IGNORECASE), known


def _alternatives(texts: list[str], at: int = 0) -> str:
    """An expression for any of these sorted texts, the longest first: by their beginnings, so that it is quick."""
    ends = any(len(text) == at for text in texts)
    by_first: dict[str, list[str]] = {}
    for text in texts:
        if len(text) > at:
            by_first.setdefault(text[at], []).append(text)
    found = [re.escape(first) + _alternatives(some, at + 1) for first, some in by_first.items()]
    if not found:
        return ""
    return f"(?:{'|'.join(found)}){'?' if ends else ''}" if ends or len(found) > 1 else found[0]
