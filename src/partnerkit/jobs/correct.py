"""Put back what had landed of a record and somebody altered past the rules: as seals say, and as commits show."""

from __future__ import annotations

import copy

from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError
from partnerkit.jobs import correcting_files as files
from partnerkit.jobs.altered import Past, changed
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.statements import entry, with_entry
from partnerkit.jobs.undo import planned
from partnerkit.register import RecordFile
from partnerkit.rules.commands import WHY, correcting, line
from partnerkit.rules.correcting import built
from partnerkit.rules.restored import lost
from partnerkit.steps import statements
from partnerkit.store.draft import Draft


def correct(desk: Desk, record_id: str | None, reason: str | None) -> Landed:
    """Put back what had landed of a record, as it was before somebody altered it, and say so in its history.

    Raises:
        WrongCallError: no record or no reason is given, nothing that a gate vouches for was altered, or text was
            expunged from the record since what would be put back last stood there.
        Refused: what was altered is not again what the seals prove, or whoever altered it corrects it.
    """
    if record_id is None or not reason:
        message = "--correct puts back what gates of one record vouch for, and says why"
        raise WrongCallError(message, correcting("<id>"))

    def plan(draft: Draft) -> Planned:
        found, actor = record(draft.base, record_id), desk.actor(draft.base)
        past = Past(desk, draft.base, source(draft.base, found), found)
        lawful, altered = past.demand_altered()
        data = copy.deepcopy(found.data)
        what = ", ".join(dict.fromkeys(past.put_back(data, lawful))) or "what was put back already"
        fields = {"reason": reason, "undoes": lawful.data["history"][-1]["id"]}
        stage, policy = str(data["history"][-1]["to"]), past.source
        new = entry(
            desk, draft.after, data, source=policy, kind=found.kind, type_="correct", to=stage, by=actor, fields=fields
        )
        made_of = changed(found, data)
        _demand_not_before(desk, made_of)
        for path, raw in files.as_landed(desk.git, draft.base, found):
            draft.put_file(path, raw)
            what = path if what == "what was put back already" else f"{what}, {path}"
        again = frozenset((found.id, one) for one in lost(found, made_of))
        made = draft.put(with_entry(data, new), found.path)
        note = f"{what}: as it was before {altered.commit.oid[:10]} of {altered.commit.date:%Y-%m-%d}"
        made_of_it = planned([made], f"correct {what}", [note, reason], note, "undo --correct")
        notes = [*made_of_it.notes, *filter(None, [built(draft.base, found, lawful)])]
        return replace(made_of_it, puts_back=again, notes=notes)

    return land(desk, plan)


def _demand_not_before(desk: Desk, found: RecordFile) -> None:
    """Whether a correction would be dated after what was withdrawn: it proves nothing of what came after it.

    Raises:
        WrongCallError: the day that was set is too early.
    """
    for said in (one.said for one in statements(found)):
        if said.withdrawn is not None and desk.now < said.withdrawn.at <= desk.latest:
            message = (
                f"{said.id} of {found.id} was withdrawn at {said.withdrawn.at:%Y-%m-%d %H:%M}, and no correction is "
                f"dated before that: {desk.now:%Y-%m-%d %H:%M} is too early"
            )
            mend = line("undo", found.id, "--correct", *WHY)
            raise WrongCallError(message, f"{mend}, without --today, or with a later day")
