"""The words of a policy: paths, conditions, variables, what a requirement demands and a gate covers, as digests."""

from __future__ import annotations

from typing import Any

from tests.second_judge.reading import Data, digest

#: Keys of a requirement that say something about it and demand nothing.
WORDS = ("title", "ask", "clause", "who")


def at_path(data: Any, path: str) -> Any:
    """What stands at a path; of a list, what stands there in each of its items."""
    found = data
    for key in path.split("."):
        if isinstance(found, list):
            flat: list[Any] = []
            for one in found:
                flat += one if isinstance(one, list) else [one]
            found = [one.get(key) for one in flat if isinstance(one, dict)]
        elif isinstance(found, dict):
            found = found.get(key)
        else:
            return None
    return found


def filled(value: Any) -> bool:
    """Whether a value says anything."""
    if value is None or value == {}:
        return False
    if isinstance(value, str):
        return value.strip() != ""
    if isinstance(value, list):
        return any(filled(one) for one in value)
    return True


def people_in(data: Any, path: str) -> set[str]:
    """The people whom a field names."""
    found = at_path(data, path)
    values = list(found.values()) if isinstance(found, dict) else found if isinstance(found, list) else [found]
    return {one for one in values if isinstance(one, str)}


def parties(data: Any, path: str) -> list[str]:
    """The parties that a field lists."""
    found = at_path(data, path)
    return [str(one["id"] if isinstance(one, dict) else one) for one in found] if isinstance(found, list) else []


def meets(condition: Data | None, data: Data) -> bool:
    """Whether the fields are as a condition says; none says nothing against it."""
    return all(_is_so(wanted, at_path(data, path)) for path, wanted in (condition or {}).items())


def _is_so(wanted: Any, value: Any) -> bool:
    if not isinstance(wanted, dict):
        return _among(wanted, value)
    if wanted.get("filled") is not None and wanted["filled"] is not filled(value):
        return False
    if wanted.get("is") is not None and not _among(wanted["is"], value):
        return False
    return wanted.get("not") is None or not _among(wanted["not"], value)


def _among(wanted: Any, value: Any) -> bool:
    for choice in wanted if isinstance(wanted, list) else [wanted]:
        for one in value if isinstance(value, list) else [value]:
            if type(one) is type(choice) and one == choice:
                return True
    return False


def setting(policy: Data, given: Any) -> Any:
    """A value of the policy, or what its variable is set to: None while it is unset."""
    if not (isinstance(given, str) and given.startswith("$")):
        return given
    spec = (policy.get("variables") or {}).get(given[1:]) or {}
    value = spec.get("value")
    if value is None:
        return None
    return int(value) if spec["unit"] == "count" else str(value)


def number(policy: Data, given: Any, otherwise: int = 1) -> int:
    """How many; one where nothing is said or its variable is unset."""
    found = setting(policy, otherwise if given is None else given)
    return found if isinstance(found, int) else 1


def requirements(policy: Data) -> dict[str, Data]:
    """What the policy can demand."""
    found: dict[str, Data] = policy.get("requirements") or {}
    return found


def lifecycle(policy: Data, kind: str) -> Data | None:
    """The stages of a kind, or None where the policy has none for it."""
    found: Data | None = policy["lifecycles"].get(kind)
    return found


def sources(way: Data) -> list[str]:
    """The stages that a way leaves."""
    found = way["from"]
    return [found] if isinstance(found, str) else list(found)


def way_between(policy: Data, kind: str, left: Any, to: Any) -> Data | None:
    """The way from a stage to another."""
    ways = (lifecycle(policy, kind) or {"transitions": []})["transitions"]
    return next((way for way in ways if left in sources(way) and way["to"] == to), None)


def is_over(life: Data | None, stage: str) -> bool:
    """Whether a record is over in a stage: where the policy says so, or else where no way leads out."""
    if life is None:
        return False
    said = (life["stages"].get(stage) or {}).get("over")
    return said if said is not None else all(stage not in sources(way) for way in life["transitions"])


def main_stages(life: Data | None) -> set[str]:
    """The stages on the usual way."""
    found: set[str] = set()
    todo = {life["starts"]} if life else set()
    while todo:
        stage = todo.pop()
        found.add(stage)
        todo |= {way["to"] for way in (life or {})["transitions"] if way.get("main") and stage in sources(way)} - found
    return found


def now_called(policy: Data, kind: str, stage: Any) -> Any:
    """What a stage is called in this version of the policy."""
    return ((policy.get("migrates") or {}).get(kind) or {}).get(stage, stage)


def covered(policy: Data, way: Data | None) -> list[str]:
    """The fields for which the gate of a way vouches."""
    found: set[str] = set()
    for name in (way or {}).get("needs") or []:
        need = requirements(policy).get(name) or {}
        for one in [name, *(need.get("any-of") or [])]:
            found |= set((requirements(policy).get(one) or {}).get("covers") or [])
    return sorted(found)


def content(record: Data, paths: list[str]) -> str:
    """The digest of what a record holds at some paths."""
    held = {path: at_path(record, path) for path in paths}
    return digest({path: value for path, value in held.items() if value is not None})


def demanded(policy: Data, name: str) -> Any:
    """What a requirement demands: no words about it, and every variable as it is set."""
    need = requirements(policy).get(name) or {}
    return _with_values({key: value for key, value in need.items() if key not in WORDS}, policy)


def _with_values(value: Any, policy: Data) -> Any:
    if isinstance(value, dict):
        return {key: _with_values(one, policy) for key, one in value.items()}
    if isinstance(value, list):
        return [_with_values(one, policy) for one in value]
    if isinstance(value, str) and value.startswith("$"):
        spec = (policy.get("variables") or {}).get(value[1:]) or {}
        return {"variable": spec.get("value")}
    return value


def definition(policy: Data, name: str) -> str:
    """The digest of what a requirement demands, with those that it refers to."""
    own = demanded(policy, name)
    whole = {"requirement": name, "demands": own}
    whole["any-of"] = {one: demanded(policy, one) for one in own.get("any-of") or []}
    if own.get("subject-meets"):
        whole["subject-meets"] = {one: demanded(policy, one) for one in own["subject-meets"]}
    if (own.get("named") or {}).get("meets"):
        whole["meets"] = {one: demanded(policy, one) for one in own["named"]["meets"]}
    return digest(whole)


def gate_seal(policy: Data, left: Any, to: Any, way: Data | None) -> str:
    """The digest of all that one change of stage demands."""
    needs = {name: definition(policy, name) for name in (way or {}).get("needs") or []}
    whole = {"from": left, "to": to, "needs": needs}
    if (way or {}).get("when") is not None:
        whole["when"] = (way or {})["when"]
    return digest(whole)
