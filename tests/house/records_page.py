"""docs/records.md: every kind of record with its keys, and one of the example register's files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.modelled import BaseModel
from partnerkit.kinds.record import TAIL, Record
from partnerkit.kinds.roster import Roster
from partnerkit.kinds.settings import Settings
from tests.house.describing import collect, section, table, words_of

ROOT = Path(__file__).resolve().parents[2]

_HEAD = """# Records

Made from the models. A record is one YAML file, `records/<folder>/<id>.yaml`; below the folder there may be more. Keys
marked * must be there. Policies add fields of their own, and narrow what a kind holds: `partnerkit policy show` says
which. A key that neither knows is refused.

Write no more YAML than you like: `new`, `set`, `add`, `approve` and `advance` write all of it, and keep your comments, the
order of your keys and your blank lines. What lies under `evidence` … `history` only commands write.
"""

#: Of each kind a file that shows much in few lines.
EXAMPLES = {
    "partnership": "partnerships/northwind-cloud-cooperative.yaml",
    "agreement": "agreements/tidewater-rowing-club-2026.yaml",
    "application": "applications/mentor-quill.yaml",
    "pairing": "pairings/rust-together.yaml",
    "review": "reviews/northwind-cloud-cooperative-review-of-july-2026.yaml",
    "risk": "risks/harbour-robotics-build-minutes-withdrawn.yaml",
    "case": "cases/old-town-library-the-reading-room-was-double-booked.yaml",
}


def page() -> str:
    """The whole page."""
    parts = [_HEAD, " · ".join(f"[{name}](#{name})" for name in KINDS), ""]
    parts += ["## In every record", "", *table(Record), ""]
    for name, model in KINDS.items():
        parts += _kind(name, model)
    parts += ["## The roster and the settings", ""]
    parts += ["`records/people.yaml` says who holds which role, `records/register.yaml` what the register is.", ""]
    parts += [line for one in (Roster, Settings) for line in section(one, words_of(one.__name__))]
    parts += ["## Parts", "", "What the tables above refer to.", ""]
    for name, part in sorted(_parts().items()):
        parts += section(part, name)
    return "\n".join(parts).rstrip() + "\n"


def _kind(name: str, model: type[Record]) -> Iterator[str]:
    yield from (f"## {name}", "", (model.__doc__ or "").split("\n\n")[0].replace("\n", " "), "")
    yield from (f"- {line}" for line in _rules(model))
    yield from ("", *table(model, without=Record.model_fields), "")
    path = EXAMPLES[name]
    yield from (f"[{path}](../records/{path}), up to what commands alone write:", "", "```yaml")
    yield from (*_shown((ROOT / "records" / path).read_text(encoding="utf-8").splitlines()), "```", "")


def _rules(model: type[Record]) -> Iterator[str]:
    """What holds of the kind whatever the policy."""
    yield f"Lies in `records/{model.folder}/`; its name in words is `{model.named_by}`."
    if model.subject:
        yield f"Belongs to the record that `{model.subject}` names: {_or(model.subjects)}."
    yield from (f"`{before}` is never after `{after}`." for before, after in model.in_order)
    yield from (f"`{key}` names an earlier record of the kind, which it continues." for key in model.continues)
    if model.once:
        yield f"No two records that are not over share {_and(model.once)}."
    others = tuple(key for key in model.refers if key not in model.continues)
    if others:
        yield f"Names other records: {_and(others)}."
    if model.concerns:
        yield f"Is about the people in {_and(model.concerns)}, by opaque ids."


def _and(words: tuple[str, ...]) -> str:
    return " and ".join(f"`{word}`" for word in words)


def _or(words: tuple[str, ...]) -> str:
    return " or ".join(f"[{word}]({f'#{word}' if word in KINDS else 'policy-language.md'})" for word in words)


def _shown(lines: list[str]) -> list[str]:
    """The fields of a file, without what commands write behind them."""
    ends = [number for number, line in enumerate(lines) if line.rstrip().removesuffix(":") in TAIL]
    return lines[: min(ends)]


def _parts() -> dict[str, type[BaseModel]]:
    """Every model that is part of another, by its name in words."""
    found: dict[str, type[BaseModel]] = {}
    whole: list[type[BaseModel]] = [*KINDS.values(), Roster, Settings]
    for model in whole:
        collect(model, found)
    return {words_of(name): model for name, model in found.items() if model not in whole}
