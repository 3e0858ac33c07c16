"""Logs of which a line is a sort and its day, such as the modules of a training: a sheet has a column for each sort."""

from __future__ import annotations

from partnerkit.dataclass import dataclass
from partnerkit.jobs.chosen import NOT_ASKED, One
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import source
from partnerkit.jobs.sheet_targets import fields_of, sorts_of
from partnerkit.policies.lists import lists
from partnerkit.policies.policy import Policy
from partnerkit.policies.reach import kinds_needing
from partnerkit.register import RecordFile, Register
from partnerkit.rules.gate import answer, applies, ask
from partnerkit.rules.look import Look, situation_of


@dataclass(frozen=True, slots=True)
class Sorts:
    """The sorts of lines that a log has.

    Attributes:
        key: the key of a line that says of which sort it is.
        names: the sorts.
    """

    key: str
    names: tuple[str, ...]


def sorts(policy: Policy, kind: str, what: str) -> Sorts | None:
    """The sorts of a log of which a line needs no more than its sort and its day; None of any other."""
    model = lists(policy, kind).get(what)
    known = sorts_of(model) if model is not None else {}
    if model is None or not known:
        return None
    key = next(iter(known.values()))
    required = {name for name, info in fields_of(model).items() if info.is_required()}
    return Sorts(key, tuple(known)) if required == {"on", key} else None


def one_for_each(policy: Policy, kind: str, what: str, row: One) -> list[One]:
    """A row of a sheet with a column for each sort, as one for each line; any other row as it is."""
    found = sorts(policy, kind, what)
    if found is None or not set(row.columns) & set(found.names):
        return [row]
    rest = {name: text for name, text in row.cells.items() if name not in found.names}
    columns = (found.key, "on", *(name for name in row.columns if name not in found.names))
    days = {name: row.cells[name] for name in found.names if name in row.cells}
    told = [{**rest, found.key: name, "on": day} for name, day in days.items()]
    return [One(row.id, row.place, cells, columns) for cells in told or [rest]]


def cells(desk: Desk, register: Register, record: RecordFile, what: str, found: Sorts) -> list[str] | None:
    """The cells of a record, one for each sort: empty where it is still asked for; None where it asks for none.

    Where no requirement counts the lines of the log, each sort can be filled in.
    """
    origin = source(register, record)
    situation = situation_of(Look(record, register, origin, desk.now, desk.latest))
    asked: dict[str, bool] = {}
    for name, one in origin.policy.requirements.items():
        if one.listed is None or one.listed.field != what or record.kind not in kinds_needing(origin.policy, name):
            continue
        wanted = (one.listed.where or {}).get(found.key)
        question = ask(situation, record.stage, name)
        for sort in [wanted] if isinstance(wanted, str) else []:
            asked[sort] = asked.get(sort, False) or (applies(question) and not answer(question).met)
    if asked and not any(asked.values()):
        return None
    return ["" if asked.get(name, True) else NOT_ASKED for name in found.names]
