"""NOTICE: whose names and whose works the course uses, with the licence of every package in requirements.lock.

Run in the environment (`python -m autograder.setup.licences`), since the licences are read off what is installed.
"""

from __future__ import annotations

import re
import sys
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from typing import cast

from autograder.setup.environment import pinned
from autograder.setup.places import Places

HEAD = """\
The Fargate course
Copyright the Fargate course authors. Licensed under the MIT licence (see LICENSE).

This project is not affiliated with, endorsed by or sponsored by Amazon Web Services. AWS, Amazon ECS, AWS Fargate and
the names of other AWS services, certifications and exams are trademarks of Amazon.com, Inc. or its affiliates; they are
named here only to say what is taught. The simulated AWS is no AWS software and gives no promise of how AWS behaves.
The texts of errors that the simulation shows are AWS's own, quoted so that learners know them when they meet them.

The pages that `fargate-course site` writes come with the typefaces Source Serif 4, Source Sans 3 and Source Code Pro by
Adobe, under the SIL Open Font License 1.1: autograder/site/assets/fonts/LICENSE.txt has its text.

The course installs the packages below and contains none of them. Each is under the licence that its authors gave it;
the full texts are in the packages. Generated from requirements.lock: python3 start.py lock

"""
ELSEWHERE = {
    "appnope": "BSD-2-Clause",
    "axe-playwright-python": "MIT; the axe-core inside it MPL-2.0",
    "colorama": "BSD-3-Clause",
    "pywinpty": "MIT",
}
"""Packages for other systems, which are not installed where NOTICE is written, and one whose metadata does not say:
read off their own files."""
LONG = 60
"""Characters: a longer licence field holds the whole text, not its name."""


def notice(names: list[str]) -> str:
    """The text of NOTICE for the packages of these names."""
    return HEAD + "".join(f"{name}: {licence(name)}\n" for name in sorted(set(names)))


def licence(name: str) -> str:
    """The licence of an installed package, by its metadata: the expression, else the name, else the classifier."""
    try:
        told = cast(Message, metadata(name))  # what it is; the protocol that types it lacks get()
    except PackageNotFoundError:
        return ELSEWHERE.get(name, "not known here")
    found = [told.get("License-Expression"), _name(told.get("License")), _classified(told), _first_line(told)]
    return next((text for text in found if text), ELSEWHERE.get(name, "not stated in its metadata"))


def _name(text: str | None) -> str | None:
    return text if text and len(text) <= LONG and "\n" not in text and text.upper() != "UNKNOWN" else None


def _classified(told: Message) -> str | None:
    found = [line.rsplit(" :: ", 1)[1] for line in told.get_all("Classifier") or [] if line.startswith("License ::")]
    return ", ".join(found) or None


def _first_line(told: Message) -> str | None:
    """Where the whole text stands in the field, its first line with a word in it."""
    return next((line.strip() for line in (told.get("License") or "").splitlines() if re.search(r"\w", line)), None)


def main() -> int:
    """Write NOTICE. Exit status 1 where a licence is not known."""
    places = Places()
    text = notice(pinned(places.requirements))
    (places.root / "NOTICE").write_text(text, encoding="utf-8")
    unknown = re.findall(r"^(.+): not ", text, re.MULTILINE)
    if unknown:
        sys.stderr.write(f"No licence is known for: {', '.join(unknown)}. Add them to ELSEWHERE in licences.py.\n")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
