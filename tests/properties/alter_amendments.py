"""What can be done to a policy that says how it is changed, and to the cases that decide it."""

from __future__ import annotations

from tests.properties.forging import Draft, copied
from tests.second_judge.reading import Data, digest, parsed

PATH = "records/policies/CHARTER-1.yaml"


def _cases(draft: Draft) -> list[str]:
    return [name for name, one in draft.after.world.records.items() if one["kind"] == "case"]


def _charter(draft: Draft) -> Data:
    return draft.rule(PATH, both=False)


def landed(draft: Draft) -> None:
    """What was put before a case stands in the place of the policy, whether it was decided or not."""
    held = draft.after.tree.held
    text = draft.pick([path for path in sorted(held) if path.startswith("records/evidence/")])
    charter = _charter(draft)
    charter.clear()
    charter |= copied(parsed(held[text]))


def edited(draft: Draft) -> None:
    """A policy says something else."""
    charter = _charter(draft)
    what = draft.random.randrange(4)
    if what == 0:
        charter["variables"]["notice"]["value"] = draft.pick([None, "P1D", "P60D", "P90D"])
    elif what == 1:
        charter["requirements"]["board-decides"]["approval"]["at-least"] = draft.pick([1, 2, 3])
    elif what == 2:
        charter.pop("amended-by", None)
    else:
        charter["title"] = draft.pick(["Charter for partners", "Our charter"])


def listed(draft: Draft) -> None:
    """Other cases are said to have amended it."""
    charter, names = _charter(draft), _cases(draft)
    known = list(charter.get("amendments") or [])
    other = [*known, draft.pick(names)] if draft.random.random() < 0.6 else known[: len(known) // 2]
    charter["amendments"] = other[::-1] if draft.random.random() < 0.1 else other


def aimed(draft: Draft) -> None:
    """A case, from this step on, decides on what the policy says from this step on."""
    draft.record(draft.pick(_cases(draft)))["amends-to"] = digest(_charter(draft))


def unworded(draft: Draft) -> None:
    """The word was never there, or spoke of other stages or cases."""
    charter = draft.rule(PATH)
    word = charter.pop("amended-by", None)
    if word is not None and draft.random.random() < 0.5:
        charter["amended-by"] = {**word, **draft.pick([{"in": ["settled"]}, {"case": "quarrel", "in": ["settled"]}])}


def asked_otherwise(draft: Draft) -> None:
    """The decision is asked for in other words, or of more or fewer, in both trees."""
    need = draft.rule(PATH)["requirements"]["board-decides"]
    more = [{"when": {"type": "amendment"}}, {"when": {"type": {"not": "quarrel"}}}, {"rests-on": []}]
    need |= draft.pick([*more, {"approval": {"role": "board", "at-least": draft.random.choice([1, 3])}}])
