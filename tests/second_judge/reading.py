"""Two trees of bytes as plain data: YAML as written, the canonical form, digests, days and durations."""

from __future__ import annotations

import calendar
import functools
import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import yaml

SETTINGS = "records/register.yaml"
PEOPLE = "records/people.yaml"
POLICIES = "records/policies/"

KIND_OF = {
    "partnerships": "partnership",
    "agreements": "agreement",
    "applications": "application",
    "pairings": "pairing",
    "reviews": "review",
    "risks": "risk",
    "cases": "case",
}

Data = dict[str, Any]


class NotCoveredError(Exception):
    """Something that the second judge does not know how to judge."""


class _AsWritten(yaml.CSafeLoader):
    """Text, whole numbers, true, false and nothing; days, moments and decimals stay text."""


_AsWritten.yaml_implicit_resolvers = {}
for _tag, _form, _first in (
    ("bool", r"^(?:true|false)$", "tf"),
    ("null", r"^(?:null|)$", ["n", ""]),
    ("int", r"^-?(?:0|[1-9][0-9]*)$", "-0123456789"),
):
    _AsWritten.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(_form), list(_first))


@functools.lru_cache(maxsize=4096)
def parsed(raw: bytes) -> Data:
    """What a file says. The data is shared: whoever changes it takes a copy."""
    if raw.startswith(b"{"):  # JSON is YAML, and its own reader is quick
        return dict(json.loads(raw))
    found: Data = yaml.load(raw, Loader=_AsWritten)  # noqa: S506 - a safe loader with fewer types
    return found


@functools.lru_cache(maxsize=256)
def _file_digest(raw: bytes) -> str:
    return digest(parsed(raw))


def canonical(value: Any) -> str:
    """The c1 text of a value: JSON, keys sorted, no white space, text in NFC."""
    if isinstance(value, dict):
        parts = {unicodedata.normalize("NFC", str(key)): canonical(item) for key, item in value.items()}
        return "{" + ",".join(f"{_quoted(key)}:{parts[key]}" for key in sorted(parts)) + "}"
    if isinstance(value, list | tuple):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, str):
        return _quoted(unicodedata.normalize("NFC", value))
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return str(value)
    raise NotCoveredError(f"a {type(value).__name__} in a record")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def digest(value: Any) -> str:
    """`c1:` and the SHA-256 of the canonical text."""
    return "c1:" + hashlib.sha256(canonical(value).encode("utf-8")).hexdigest()


def alike(left: Any, right: Any) -> bool:
    """Whether two values say the same."""
    return left is right or canonical(left) == canonical(right)


def said_digest(statement: Data) -> str:
    """The digest of a statement: what was said when it was made, without a withdrawal or a signature."""
    return digest({key: value for key, value in statement.items() if key not in ("withdrawn", "signature")})


_DURATION = re.compile(r"P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)W)?(?:([0-9]+)D)?")


def later(day: date, span: str) -> date:
    """The day that much later: months first, the end of a shorter month clamps, then days."""
    match = _DURATION.fullmatch(span)
    if match is None:
        raise NotCoveredError(f"the duration {span}")
    years, months, weeks, days = (int(part or 0) for part in match.groups())
    ahead = day.month - 1 + months + 12 * years
    year, month = day.year + ahead // 12, ahead % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return date(year, month, min(day.day, last)) + timedelta(days=days + 7 * weeks)


def day_text(value: Any) -> date | None:
    """The day that a field holds; None where it holds none."""
    if not isinstance(value, str) or re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value) is None:
        return None
    try:
        found = date.fromisoformat(value)
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2200 else None


def instant(text: str) -> datetime:
    """A moment as a record writes it."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


@dataclass
class World:
    """One tree: settings, people, policies by id, records by id with their paths, and digests of the rules."""

    files: dict[str, bytes]
    settings: Data = field(init=False)
    people: Data = field(init=False)
    policies: dict[str, Data] = field(init=False)
    policy_paths: dict[str, str] = field(init=False)
    records: dict[str, Data] = field(init=False)
    paths: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.settings = parsed(self.files[SETTINGS])
        self.people = parsed(self.files[PEOPLE]).get("people") or {}
        self.policies, self.policy_paths, self.records, self.paths = {}, {}, {}, {}
        for path in sorted(self.files):
            if not path.endswith(".yaml"):
                continue
            parts = path.split("/")
            if path.startswith(POLICIES) and len(parts) == 3:
                found = parsed(self.files[path])
                self.policies[found["policy"]], self.policy_paths[found["policy"]] = found, path
            elif len(parts) > 2 and parts[0] == "records" and parts[1] in KIND_OF:
                name = parts[-1].removesuffix(".yaml")
                if name not in self.records:
                    self.records[name], self.paths[name] = parsed(self.files[path]), path

    @property
    def rules(self) -> dict[str, str]:
        """What says what is legal: a digest for every such file."""
        paths = [SETTINGS, PEOPLE, *self.policy_paths.values()]
        return {path: _file_digest(self.files[path]) for path in paths}

    def day(self, moment: str | datetime) -> date:
        """The calendar day of a moment in the register's time zone."""
        when = instant(moment) if isinstance(moment, str) else moment
        return when.astimezone(ZoneInfo(self.settings["time-zone"])).date()

    def separation(self, policy: Data) -> str:
        """Whether deciders are to be others than proposer and parties."""
        of_register = (self.settings.get("trust") or {}).get("separation-of-duties") or "require"
        return str(policy.get("separation-of-duties") or of_register)

    def holds(self, person: str, role: str | None, day: date, scope: dict[str, str] | None = None) -> bool:
        """Whether somebody holds a role on a day for a scope; any role at all where none is named."""
        for held in (self.people.get(person) or {}).get("roles") or []:
            first, last = date.fromisoformat(held["from"]), held.get("until")
            if day < first or (last is not None and day > date.fromisoformat(last)):
                continue
            if role is None:
                return True
            wanted = {key: value.casefold() for key, value in (scope or {}).items()}
            limits = held.get("scope") or {}
            if held["role"] == role and all(wanted.get(key) == limits[key].casefold() for key in limits):
                return True
        return False

    def holders(self, role: str, day: date, scope: dict[str, str]) -> list[str]:
        """Everybody who does."""
        return [person for person in sorted(self.people) if self.holds(person, role, day, scope)]

    def below(self, name: str, kind: str) -> list[Data]:
        """The records of a kind that belong to one."""
        every = [self.records[other] for other in sorted(self.records)]
        return [one for one in every if one["kind"] == kind and above(one) == name]


#: The field that says to what a record of a kind belongs.
BELONGS = {"agreement": "partnership", "review": "of", "risk": "of", "case": "of"}

#: The fields by which a record goes on from an earlier one of its kind.
CONTINUES = {"agreement": ("renews", "amends")}


def above(record: Data) -> str | None:
    """The id of the record to which one belongs."""
    key = BELONGS.get(record["kind"])
    found = record.get(key) if key else None
    return found if isinstance(found, str) else None


def last_entry(record: Data) -> Data:
    """The latest entry of a record."""
    found: Data = record["history"][-1]
    return found
