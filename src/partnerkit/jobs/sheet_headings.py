"""Headings of columns as people write them, and what they most likely mean."""

from __future__ import annotations

import re

#: How sheets call fields, by field. A heading that holds one of these is taken for it; the longest counts.
_SYNONYMS = {
    "name": ["organisation", "organization", "partner", "partner name", "company", "title", "organisation name"],
    "title": ["name", "subject"],
    "website": ["url", "homepage", "web", "site", "link", "web site"],
    "type": ["category", "sector", "partner type"],
    "starts": ["start", "start date", "from", "begin", "beginning", "since", "partner since"],
    "ends": ["end", "end date", "until", "expiry", "expires", "valid until", "to"],
    "partner": ["legal form", "kind of partner"],
    "applicant": ["person id", "applicant id", "participant id", "member id", "person", "id"],
    "applied": ["timestamp", "date of application", "application date", "applied on", "submitted", "submitted at"],
    "as": ["role", "apply as", "applying as", "i want to be", "mentor or mentee", "take part as"],
    "programmes": ["programme", "program", "programs", "programme type", "programme types", "program type"],
    "member-since": ["joined", "join the community", "joined the community", "member of the community since"],
    "experience-years": [
        *("years of experience", "years of professional experience", "years of relevant experience"),
        *("how many years", "experience in years", "professional experience"),
    ],
    "skills": ["skill", "can teach", "want to learn", "technologies", "topics", "expertise"],
    "level": ["experience level", "seniority", "how experienced", "current level"],
    "hours-per-month": ["hours a month", "hours each month", "hours", "time commitment", "monthly hours"],
    "capacity": ["how many mentees", "number of mentees", "mentees at a time", "max mentees", "maximum mentees"],
    "goals": ["learning goals", "learning goal", "want to achieve"],
    "measure": ["how will you know", "how can you tell", "how you will know", "reached when", "success measure"],
    "due": ["by when", "due date"],
    "version": ["which version"],
    "on": ["date", "accepted on", "completed on", "day", "accepted"],
    "time-zone": ["timezone", "tz"],
    "motivation": ["why do you want", "why would you like"],
}

#: How sheets call the column that says where something stands.
STAGE = ["stage", "status", "state"]

#: Columns that are about people: they stay outside the register.
PERSONAL = re.compile(
    r"mail|phone|tel\b|mobile|contact|address|person|birth|signal|telegram|linkedin"
    r"|(?:full|first|last|given|family|sur|your) ?name",
    re.IGNORECASE,
)

#: The same, where the rows themselves are about people and nothing else was meant.
OF_PEOPLE = re.compile(r"pronoun|gender|github|mastodon|city|country|town", re.IGNORECASE)

ANYBODY = re.compile(r"(?:your |full |applicant |applicant's )?name", re.IGNORECASE)

#: The number by which columns of the same sort are told apart.
_NUMBERED = re.compile(r"\b(\d{1,2})\b")


def wordings(key: str) -> list[str]:
    """How a heading can call a field, or a part of one."""
    return [in_words(key), *_SYNONYMS.get(key, [])]


def in_words(key: str) -> str:
    """A key as words."""
    return key.replace("-", " ")


def plain(name: str) -> str:
    """A heading without case and punctuation."""
    return re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()


def longest(name: str, phrases: list[tuple[str, str]]) -> tuple[int, str] | None:
    """What the longest wording fills that a heading holds, and its length."""
    bare = plain(_NUMBERED.sub(" ", name))
    fitting = [(len(phrase), filled) for phrase, filled in phrases if f" {phrase} " in f" {bare} "]
    return max(fitting, key=lambda one: one[0]) if fitting else None


def number_in(name: str) -> int | None:
    """The number in a heading, such as that of the second goal."""
    found = _NUMBERED.search(name)
    return int(found[1]) if found else None
