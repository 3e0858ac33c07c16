"""A policy that changes only as a case has decided: a change is put before the case, and lands once it is decided."""

from __future__ import annotations

from collections.abc import Callable

from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.judging_drafts import judged
from partnerkit.jobs.landing import Planned
from partnerkit.jobs.named_record import record, source
from partnerkit.jobs.proposed import NOTHING_PUT, overtaken, put_back, replaced, says_the_same, weakened_by
from partnerkit.jobs.statements import trailers
from partnerkit.kinds.canonical import digest
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.policies.amending import DIGEST
from partnerkit.policies.lifecycle import AmendedBy
from partnerkit.policies.policy import ORDER
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.amended import Lacks, deciders, opening, refused, standing, who_amends
from partnerkit.rules.commands import line, migrating
from partnerkit.rules.proposing import anew, is_amendment, overtaken_by, proposed_at, proposing_any
from partnerkit.rules.refused import Refused
from partnerkit.store.draft import Draft
from partnerkit.store.policy_reading import read_policy_text
from partnerkit.store.yaml.editor import rewrite
from partnerkit.store.yaml.reader import read

#: What a proposal cannot satisfy yet, and what says who may land it: neither stands against proposing it.
_LATER = {"amended-undecided", "rules-changed-by-another"}

Landing = Callable[[Draft, str], Planned]


def written(
    desk: Desk, draft: Draft, old: PolicyFile, text: str, case: str | None, again: str, landing: Landing
) -> Planned:
    """Change the file of a policy: at once, or where the policy says that a case decides it, in that case.

    Args:
        desk: where and when.
        draft: what is about to land.
        old: the policy.
        text: what its file is to hold.
        case: the case in which it is decided; None where none is named.
        again: the line that was called, without the case.
        landing: lands a text as the policy's file.

    Raises:
        Refused: a case decides it and none is named, or the one named can take no proposal any more.
        WrongCallError: the record named is no case that could decide it, or none is needed.
    """
    if old.policy.amended_by is None:
        if case is not None:
            message = f"{old.policy.policy} asks for no case before it changes (amended-by)"
            raise WrongCallError(message, f"leave the case out; a whole version comes with: {migrating(old.policy)}")
        return landing(draft, text)
    if case is None:
        raise Refused("refused; nothing changed", [_demanded(draft.base, desk, old, again)])
    return _proposed(desk, draft, old, text, _case(draft.base, old.policy.policy, case), landing)


def _demanded(register: Register, desk: Desk, old: PolicyFile, again: str) -> Finding:
    """That a case decides it: the line that opens one, and the one that puts the change before it."""
    name, today = old.policy.policy, desk.today(register)
    why = (
        f"{name} changes only as {who_amends(old.policy)} ({deciders(register, old.policy, today)}): "
        f"open such a case, then put the change before it with: {again}"
    )
    return refused(old, Lacks(why, opening(old.policy)))


def _case(register: Register, name: str, case_id: str) -> RecordFile:
    """A case that can amend a policy.

    Raises:
        WrongCallError: there is none of that id, or it is another sort of record.
    """
    found = record(register, case_id)
    old = source(register, found)
    if name != old.policy.policy or not is_amendment(old.policy, found):
        wanted = register.policies[name].policy
        raise WrongCallError(f"{case_id} amends no policy {name}: {who_amends(wanted)} does", opening(wanted))
    return found


def _proposed(desk: Desk, draft: Draft, old: PolicyFile, text: str, case: RecordFile, landing: Landing) -> Planned:
    """Put the text of a policy file before a case that is to decide it."""
    name = old.policy.policy
    if (closed := _closed(old, case)) is not None:
        raise Refused("refused; nothing changed", [refused(old, closed)])
    document, _found = read(text.encode(), f"{name}.yaml")
    if document is None:
        raise AssertionError("the text was read before")
    whole = rewrite(document, {**document.data, "amendments": [*old.policy.amendments, case.id]}, ORDER)
    new = read_policy_text(whole, f"{name}.yaml")
    if says_the_same(old, new):
        why = f"what is put before {case.id} says nothing else than {name} as it is in force: comments are no change"
        raise Refused("refused; nothing changed", [refused(old, Lacks(why, proposing_any(old.policy, case.id)))])
    does = _tried(desk, draft, whole, landing)
    before = replaced(draft.base, old, case, new)
    data = {**case.data, DIGEST: digest(new.data)}
    made = draft.put(data, case.path)
    draft.put_file(proposed_at(case.id, name), whole.encode())
    told = [*before, *(f"weakens: {words}" for words in weakened_by(draft.base, old, new))]
    told += [f"will move {one.record}: {one.does}" for one in does.outcomes]
    body = [f"{does.subject}; lands once it is decided", f"{DIGEST}: {data[DIGEST]}", *told]
    where = f"the whole text, for whoever decides: {proposed_at(case.id, name)} ({data[DIGEST]})"
    subject = f"{case.kind}/{case.id}: proposes {does.subject}"
    return Planned(subject, does.result, body, trailers("policy amend", [(made, None)]), [*told, where])


def _closed(old: PolicyFile, case: RecordFile) -> Lacks | None:
    """Why nothing can be put before a case any more; None where it can."""
    word, lifecycle = old.policy.amended_by, old.policy.lifecycles.get(case.kind)
    if case.id in old.policy.amendments:
        return Lacks(f"{case.id} amended {old.policy.policy} before, and decides one change only", opening(old.policy))
    if word is not None and case.stage in word.in_:
        why = f"{case.id} is decided ({case.stage}), and takes no other text unless it is decided anew"
        return Lacks(why, f"{line('policy', 'amend', case.id)} lands what it decided; or {anew(old.policy, case)}")
    if case.stage == TOMBSTONE_STAGE or (lifecycle is not None and lifecycle.is_over(case.stage)):
        return Lacks(f"{case.id} is over ({case.stage}), and decides nothing any more", opening(old.policy))
    return None


def _tried(desk: Desk, draft: Draft, text: str, landing: Landing) -> Planned:
    """What the text would do once it is decided.

    Raises:
        Refused: it could not land even then.
    """
    trial = Draft(draft.before, draft.tree.tree)
    does = landing(trial, text)
    errors = [one for one in judged(desk, trial) if one.severity == "error" and one.code not in _LATER]
    if errors:
        raise Refused(f"{does.subject}: could not land, whoever decides it; nothing changed", errors)
    return does


def landed_already(draft: Draft, case_id: str) -> str | None:
    """That a policy was amended by a case already, in a sentence; None where it was not.

    Raises:
        Refused: it says so, and what landed is not what the case decided.
    """
    found = record(draft.base, case_id)
    old = source(draft.base, found)
    policy, held = old.policy, found.data.get(DIGEST)
    if case_id not in policy.amendments:
        return None
    if policy.amended_by is None or held in {digest(one.data) for one in (old, *draft.base.former(old.path))}:
        return f"{policy.policy} was amended by {case_id} already"
    why = f"{policy.policy} lists {case_id}, and never became what that decided ({held}): another case puts it right"
    again = line("policy", "amend", "<case>", "--from", proposed_at(case_id, policy.policy))
    raise Refused(
        f"{case_id}: refused; nothing changed", [refused(old, Lacks(why, f"{opening(policy)}; then {again}"))]
    )


def decided(desk: Desk, draft: Draft, case_id: str) -> tuple[PolicyFile, str, RecordFile]:
    """The policy that a case amends, and the text of its file as it was decided.

    Raises:
        WrongCallError: it is no case that amends a policy.
        CannotWorkError: the text is not there.
        Refused: it is not decided, or the text is not the one that was.
    """
    found = record(draft.base, case_id)
    old = source(draft.base, found)
    word, name = old.policy.amended_by, old.policy.policy
    if word is None or not is_amendment(old.policy, found):
        message = f"{case_id} is no case that amends {name}: {who_amends(old.policy)}"
        raise WrongCallError(message, opening(old.policy) if word else line("policy", "show", name))
    lacks, text = _shown(desk, draft, old, word, found)
    if lacks is not None:
        raise Refused(f"{case_id}: refused; nothing changed", [refused(old, lacks)])
    return old, text, found


def _shown(desk: Desk, draft: Draft, old: PolicyFile, word: AmendedBy, case: RecordFile) -> tuple[Lacks | None, str]:
    """The text that was put before a case, and why it may not land.

    Raises:
        CannotWorkError: it is not there.
    """
    register, held = draft.base, case.data.get(DIGEST)
    if held is None:
        return Lacks(NOTHING_PUT.format(case=case.id), proposing_any(old.policy, case.id)), ""
    if (lacks := standing(register, old, word, case, held)) is not None:
        return lacks, ""
    path = proposed_at(case.id, old.policy.policy)
    raw, new = draft.tree.read(path), register.drafted(path)
    if raw is None:
        raise CannotWorkError(f"what {case.id} decides on is not there: {path}", put_back(desk.git, register, case))
    if new is None:
        return Lacks(f"{path} is no policy, whatever {case.id} decided", put_back(desk.git, register, case)), ""
    if digest(new.data) != held:
        why = f"{case.id} decided that it becomes {held}, and the text in {path} is another: {digest(new.data)}"
        return Lacks(why, put_back(desk.git, register, case)), ""
    if since := overtaken_by(register, old.policy, case):
        return Lacks(overtaken(old.policy, case, since), anew(old.policy, case)), ""
    return None, raw.decode()
