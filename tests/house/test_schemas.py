"""The schemas of this repository say of its records what partnerkit says: a second opinion, by another reader of both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from tests.house.make_records import ROOT

PLAIN = {"records/people.yaml": "people", "records/register.yaml": "register"}
FILES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "records").rglob("*.yaml"))


def _data(path: str) -> dict[str, Any]:
    """A file as text, numbers and lists: days stay as they are written."""
    found: dict[str, Any] = yaml.load((ROOT / path).read_text(encoding="utf-8"), _AsWritten)  # noqa: S506 - a SafeLoader
    return found


class _AsWritten(yaml.SafeLoader):
    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML has it
        first: [(tag, what) for tag, what in known if not tag.endswith(":timestamp")]
        for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _schema(kind: str) -> Any:
    return json.loads((ROOT / "schemas" / f"{kind}.json").read_text(encoding="utf-8"))


def _wrong(kind: str, data: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(_schema(kind), registry=BESIDE)
    return [error.message for error in validator.iter_errors(data)]


#: What the schemas refer to, as readers find it: beside them.
BESIDE: Registry[Any] = Registry().with_resource("roster.json", DRAFT202012.create_resource(_schema("roster")))


@pytest.mark.parametrize("path", FILES)
def test_what_partnerkit_takes_an_editor_takes(path: str) -> None:
    data = _data(path)
    assert _wrong(PLAIN.get(path) or data.get("kind", "policy"), data) == []


@pytest.mark.parametrize(
    ("path", "change"),
    [
        ("records/partnerships/robot-evening.yaml", {"stage": "assessment"}),
        ("records/partnerships/tidewater-rowing-club.yaml", {"type": "corporate/technology/cloud-providers"}),
        ("records/partnerships/harbour-robotics.yaml", {"type": "charity"}),
        ("records/partnerships/harbour-robotics.yaml", {"policy": "MEM-02-03"}),
        ("records/partnerships/harbour-robotics.yaml", {"event-city": "Seahaven"}),
        ("records/reviews/the-programme-to-june-2026.yaml", {"rhythm": "monthly"}),
        ("records/pairings/rust-together.yaml", {"policy": "OTS-PG"}),
    ],
)
def test_what_belongs_to_another_policy_is_marked(path: str, change: dict[str, str]) -> None:
    data = _data(path)
    assert _wrong(data["kind"], data | change) != []


def test_editors_offer_the_requirements_of_each_policy_and_no_value_of_another() -> None:
    parts = _schema("partnership")["$defs"]
    offered = parts["MANDALA-PCP.Evidence"]["properties"]["requirement"]["examples"]
    assert {"due-diligence", "initial-engagement", "lessons-learned"} <= set(offered)
    assert "agreement-document" not in offered  # that is for agreements
    assert "monthly" not in json.dumps(_schema("review")["$defs"]["MEM-02-03"]["properties"]["rhythm"])


def test_editors_offer_people_where_somebody_of_the_roster_stands_and_roles_where_one_is_held() -> None:
    offered = _schema("roster")["$defs"]
    assert "p-0001" not in offered["person"]["examples"]  # a mentor: no place in the roster
    assert offered["person"]["examples"] == sorted(_data("records/people.yaml")["people"])
    assert {"board-of-trustees", "core-team"} <= set(offered["role"]["examples"])
    parts = _schema("pairing")["$defs"]
    person, role = ({"$ref": f"roster.json#/$defs/{one}"} for one in ("person", "role"))
    assert person.items() <= parts["Approval"]["properties"]["by"].items()
    assert role.items() <= parts["Approval"]["properties"]["role"].items()
    assert parts["Approval"]["properties"]["recorded-by"]["anyOf"] == [person, {"type": "null"}]
    assert "$ref" not in parts["Evidence"]["properties"]["by"]  # a mentee may say so
    assert "$ref" not in parts["Participant"]["properties"]["id"]
    under = _schema("partnership")["$defs"]
    assert person.items() <= under["OPS-05-03"]["properties"]["roles"]["additionalProperties"].items()
    (anybody,) = under["OTS-PG"]["properties"]["roles"]["patternProperties"].values()
    assert person.items() <= anybody.items()
    assert role.items() <= _schema("people")["$defs"]["RoleHeld"]["properties"]["role"].items()


def test_every_schema_is_one() -> None:
    for path in Path(ROOT / "schemas").iterdir():
        jsonschema.Draft202012Validator.check_schema(json.loads(path.read_text(encoding="utf-8")))
