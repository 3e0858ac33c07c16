"""Which documents make sense for a record, and why others do not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from partnerkit.documents import agreements, decisions, ending, letters
from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.facts import Facts, in_a_row
from partnerkit.documents.filters import day_in_words
from partnerkit.documents.known import fields_of
from partnerkit.documents.noting import paper
from partnerkit.documents.settled import is_decided, is_signed
from partnerkit.documents.shape import Has
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an
from partnerkit.kinds.within import choices_at
from partnerkit.policies.policy import Policy
from partnerkit.policies.shapes import model_for
from partnerkit.rules.setting import blanks, set_line

#: The block that says why and when something ends.
_END = "termination"

SAYS: dict[str, Callable[[Facts], dict[str, Any]]] = {
    "agreement": agreements.agreement,
    "mentorship-agreement": agreements.pairing,
    "decision": decisions.decision,
    "termination": ending.termination,
    "announcement": letters.announcement,
    "thanks": letters.thanks,
    "certificate": letters.certificate,
}

#: What a template of each may read.
SHAPES: dict[str, Has] = {
    "agreement": agreements.AGREEMENT,
    "mentorship-agreement": agreements.PAIRING,
    "decision": decisions.DECISION,
    "termination": ending.TERMINATION,
    "announcement": letters.ANNOUNCEMENT,
    "thanks": letters.THANKS,
    "certificate": letters.CERTIFICATE,
}


def shape_of(what: str, policies: Iterable[Policy]) -> Has:
    """What a template of a document may read, of records under one of the policies."""
    return Has({**SHAPES[what].parts, "fields": fields_of(DOCUMENTS[what].kinds, policies)})


def senseless(what: str, facts: Facts) -> str | None:
    """Why a document of that sort says nothing true of the record; None where it makes sense."""
    kinds = DOCUMENTS[what].kinds
    if facts.seen.kind not in kinds:
        return f"it is made of {' or '.join(kinds)}, and {facts.seen.id} is {an(facts.seen.kind)}"
    if facts.seen.stage == TOMBSTONE_STAGE or facts.seen.kind not in facts.policy.lifecycles:
        return f"{facts.seen.id} was taken back"
    why = _WHY.get(what)
    return why(facts) if why is not None else None


def sensible(facts: Facts) -> list[str]:
    """The documents that make sense for a record."""
    return [what for what in DOCUMENTS if senseless(what, facts) is None]


def after_which(what: str, facts: Facts) -> str | None:
    """The line after which a document of that sort makes sense; None where no one line is enough."""
    after = _AFTER.get(what)
    return after(facts) if after is not None and facts.seen.kind in DOCUMENTS[what].kinds else None


def unsettled(what: str, facts: Facts) -> str | None:
    """Why the document is a draft still, in words for its readers; None where it is none."""
    kind, stage = facts.seen.kind, facts.seen.stage
    if what in _OPEN:
        return _OPEN[what](facts)
    if not DOCUMENTS[what].signed:
        return None
    if facts.taken_in:
        return "the register took this in as it stood; what was signed lies elsewhere, and this is not its text"
    if not is_signed(facts.policy, kind, stage, facts.whole.data):
        return "this text binds nobody yet"
    signed = paper(facts.policy, facts.whole, what)
    return None if signed is None else f"what was signed is {signed['id']} of the record, and this is not its text"


def _to_be_announced(facts: Facts) -> str | None:
    """Why an announcement is a draft still: something is to be decided, or it is to end."""
    if not is_decided(facts.policy, facts.seen.kind, facts.seen.stage):
        return "not everything is decided yet, so nothing of this is announced"
    if not isinstance(facts.whole.data.get("termination"), dict):
        return None
    last = facts.text("termination.effective")
    when = f" on {day_in_words(last)}" if last else ""
    return f"the record says that this ends{when}, so nobody is told that it goes on"


def _of_the_end(facts: Facts) -> str | None:
    """Why the letter of an end is a draft still."""
    open_ = ending.still_open(facts)
    if open_ is None:
        return None
    return f"this end is not decided yet{f'; still open: {in_a_row(open_)}' if open_ else ''}"


def _undecided(facts: Facts) -> str | None:
    place = decisions.place_of(facts.whole)
    way = decisions.way_of(facts, place) if place is not None else None
    if way is None:
        return f"{facts.seen.id} stands in {facts.seen.stage} by no judged change of stage: nobody decided it here"
    if not decisions.is_decision(facts, way):
        left = decisions.way_from(facts, place or 0)
        return f"nobody decided that it goes from {left} to {way.to}: what was asked for was there"
    return None


def _not_ending(facts: Facts) -> str | None:
    if isinstance(facts.seen.data.get(_END), dict) or _END in facts.seen.withheld:
        return None
    if not _can_end(facts):
        return f"{facts.seen.id} says nothing of its end, and no way out of {facts.seen.stage} asks how it ends"
    known = choices_at(model_for(facts.policy, facts.seen.kind), (_END, "trigger"))
    why = f" ({', '.join(known)})" if known else ""
    return f"{facts.seen.id} says nothing of its end, neither why{why} nor when"


def _can_end(facts: Facts) -> bool:
    """Whether it stands where it may come to an end: a way out asks how."""
    return any(facts.seen.stage in way.from_ for way in ending.ways_out(facts.policy, facts.seen.kind))


def _saying_its_end(facts: Facts) -> str | None:
    if not _can_end(facts) or _END in facts.whole.data:
        return None
    return set_line(facts.seen.id, blanks(facts.policy, facts.seen.kind, _END))


def _not_told(facts: Facts) -> str | None:
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    if facts.seen.stage in lifecycle.main_stages:
        return None
    return f"{facts.seen.id} stands in {facts.seen.stage}, which is nothing to be announced"


def _not_begun(facts: Facts) -> str | None:
    """Thanks are for what was done: else not before the usual way was gone to its end, nor where it was declined."""
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    before = set(lifecycle.main_path) - lifecycle.last_stages
    done = any(facts.items(log) for log in ("activities", "benefits", "meetings"))
    went_on = is_decided(facts.policy, facts.seen.kind, facts.seen.stage)
    if done or (went_on and facts.seen.stage not in before):
        return None
    return f"{facts.seen.id} stands in {facts.seen.stage}, and nothing that was done or given is recorded yet"


def _not_completed(facts: Facts) -> str | None:
    lifecycle = facts.policy.lifecycles[facts.seen.kind]
    if facts.seen.stage in lifecycle.last_stages:
        return None
    wanted = " or ".join(sorted(lifecycle.last_stages))
    return f"{facts.seen.id} stands in {facts.seen.stage}: only what is {wanted} is certified"


#: What is a draft for reasons of its own.
_OPEN: dict[str, Callable[[Facts], str | None]] = {"announcement": _to_be_announced, "termination": _of_the_end}

#: The lines after which a document makes sense, of those that one line is enough for.
_AFTER: dict[str, Callable[[Facts], str | None]] = {"termination": _saying_its_end}

_WHY: dict[str, Callable[[Facts], str | None]] = {
    "decision": _undecided,
    "termination": _not_ending,
    "announcement": _not_told,
    "thanks": _not_begun,
    "certificate": _not_completed,
}
