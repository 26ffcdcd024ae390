"""How the texts of refusals are quoted: each with the place where somebody saw it, or as ours where nobody did."""

from __future__ import annotations

from simcloud.facts.fact import Words
from simcloud.facts.sources import API_MODEL, PREFLIGHT, RECORDED, issue


def bench(text: str, case: str, rule: str, read_on: str = "2026-09-08") -> Words:
    """A text that the real AWS gave to a deployment made for the purpose."""
    return Words(text, source=f"{PREFLIGHT} ({case})", status="observed", read_on=read_on, rule=rule)


def recorded(text: str, rule: str) -> Words:
    """A text in a recorded answer of the real API."""
    return Words(text, source=RECORDED, status="observed", read_on="2026-09-16", rule=rule)


def alike(text: str, model: str, rule: str) -> Words:
    """The law is documented, its text was seen nowhere: ours, after AWS's text for a like case, which is named."""
    return Words(text, source=f"{API_MODEL}; worded like {model}", status="assumed", rule=rule)


def unread(text: str, rule: str) -> Words:
    """The law is documented, its text was seen nowhere: ours, in AWS's manner."""
    return Words(text, source=API_MODEL, status="assumed", rule=rule)


def quoted(text: str, repository: str, number: int, rule: str) -> Words:
    """A text that somebody got from the real AWS and quoted in a GitHub issue."""
    return Words(text, source=issue(repository, number), rule=rule)
