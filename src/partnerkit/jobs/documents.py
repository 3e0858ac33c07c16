"""Make documents of records: what can be made, and the text of one, as readers of a level may see it."""

from __future__ import annotations

from partnerkit.dataclass import replace
from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.composed import Asked, Composed
from partnerkit.documents.facts import Facts
from partnerkit.documents.model import is_blank
from partnerkit.documents.naming import by_id, names_in
from partnerkit.documents.sense import SAYS, after_which, senseless, sensible, unsettled
from partnerkit.documents.template import TemplateBrokenError, fill
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.jobs.as_of import commit_of, demand_there
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.private import is_here, known, names_here
from partnerkit.jobs.seeing import LEVELS, sight
from partnerkit.jobs.standing_then import standing_in
from partnerkit.kinds.private import called
from partnerkit.kinds.problems import did_you_mean
from partnerkit.register import Register
from partnerkit.rules.commands import line
from partnerkit.rules.sight import Sight
from partnerkit.store.documents import LETTERHEAD, shipped, template_of


def demand_document(what: str) -> None:
    """Whether there is such a document.

    Raises:
        WrongCallError: there is none.
    """
    if what not in DOCUMENTS:
        near = did_you_mean(what, DOCUMENTS)
        raise WrongCallError(f"no document is called {what!r}{near}", f"one of {', '.join(DOCUMENTS)}")


def template(what: str) -> str:
    """The template of a document as it is shipped.

    Raises:
        WrongCallError: there is no such document.
    """
    demand_document(what)
    return shipped(what)


def standing(desk: Desk, asked: Asked) -> tuple[Register, Register | None]:
    """The register of which a document is made, as it is here or as it stood; and, of one that stood, as it is now.

    Raises:
        WrongCallError: an unknown day or revision, or the record was not there yet.
    """
    if asked.as_of is None:
        return desk.working_tree().demand(), None
    found, later = standing_in(desk, commit_of(desk, asked.as_of).oid)
    demand_there(desk, asked.record, asked.as_of, found)
    return found, later


def compose(desk: Desk, register: Register, asked: Asked, later: Register | None = None) -> Composed:
    """The text of a document.

    Args:
        desk: where and when.
        register: the register of which it is made.
        asked: what was asked for.
        later: the register as it is now, where that is one of former days.

    Raises:
        WrongCallError: there is no such document or record, or the one makes no sense of the other.
        CannotWorkError: the template of the register cannot be used.
    """
    demand_document(asked.what)
    facts = _facts(desk, register, asked, later)
    why = senseless(asked.what, facts)
    if why is not None:
        then = ("--as-of", asked.as_of) if asked.as_of is not None else ()
        first = after_which(asked.what, facts) if asked.as_of is None else None
        possible = [line("doc", what, asked.record, *then) for what in sensible(facts)]
        mend = " or ".join(one for one in (first, *possible) if one) or line("show", asked.record)
        raise WrongCallError(f"there is no {asked.what} to be made of {asked.record}: {why}", mend)
    why_draft = unsettled(asked.what, facts)
    facts = replace(facts, says_signed=why_draft is not None and not asked.to_be_signed)
    text, path = template_of(register, facts.policy.policy, asked.what)
    where = path or f"the shipped template of {asked.what}"
    mend = line("doc", asked.what, "--template") + " shows one that works"
    try:
        filled = fill(text, SAYS[asked.what](facts))
    except TemplateBrokenError as broken:
        raise CannotWorkError(f"{where}:{broken.wrong.line}: {broken.wrong.why}", mend) from broken
    document = DOCUMENTS[asked.what]
    tidy = tidied(filled.text)
    if is_blank(tidy):
        raise CannotWorkError(f"{where} makes a document of {asked.record} in which nothing stands", mend)
    unnamed = by_id(tidy, facts)
    named = names_here(desk.git) if unnamed else {}
    return Composed(
        asked,
        facts.policy.policy,
        f"{document.title}: {facts.name or asked.record}",
        tidy,
        why_draft,
        filled.missing,
        filled.withheld,
        unnamed,
        [who for who in unnamed if who not in named],
        not unnamed or is_here(desk.git),
        list(names_in(tidy, asked.what, facts)) if document.outward else [],
        path,
        text,
        register.reads(LETTERHEAD),
    )


def tidied(text: str) -> str:
    """The text without the blank lines that a template leaves where it says nothing: one parts blocks, none is last."""
    lines = [one.rstrip() for one in text.split("\n")]
    kept = [one for index, one in enumerate(lines) if one or (index and lines[index - 1])]
    return "\n".join(kept).strip("\n") + "\n"


def _facts(desk: Desk, register: Register, asked: Asked, later: Register | None) -> Facts:
    whole = record(register, asked.record)
    view = _sight(desk, register, asked, later)
    seen = view.seen(whole)
    if seen is None:
        raise _unseen(view, asked)
    return Facts(seen, whole, source(register, whole).policy, view)


def _unseen(view: Sight, asked: Asked) -> WrongCallError:
    """Why nothing is made of a record for readers of the level, and for whom something can be made."""
    now = Sight(view.later, view.level) if view.later is not None else view
    whose = view.hides(asked.record) or now.hides(asked.record)
    able = next((one for one in LEVELS if replace(view, level=one).shows(asked.record)), None)
    if whose is None or able is None:
        message = f"{asked.record} belongs to what cannot be read, so nobody may know of it"
        return WrongCallError(message, line("check"))
    level = view.level_of(whose) if whose.id in view.register.records else now.level_of(whose)
    what = "" if whose.id == asked.record else f"belongs to {whose.id}, which "
    then = ("--as-of", asked.as_of) if asked.as_of is not None else ()
    message = f"{asked.record} {what}is {level}: readers of what is {asked.level} may not know of it"
    return WrongCallError(message, line("doc", asked.what, asked.record, *then, "--classification", able))


def _sight(desk: Desk, register: Register, asked: Asked, later: Register | None) -> Sight:
    found = sight(desk, register, asked.level, named=asked.naming == "agreed", later=later)
    if asked.naming != "all":
        return found
    names = called(known(desk, register.settings))
    if not names:
        message = "--names calls people as the private place does, and none that names anybody is here"
        naming = line("person", "name", "<person>", "<name>")
        first = "" if is_here(desk.git) else f"{line('setup', 'private')}; then "
        raise WrongCallError(message, f"leave --names out; or {first}{naming}")
    return replace(found, names=names)
