"""The text of a policy file that a case is to decide on: where it can be read, and what it weakens."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from partnerkit.dataclass import replace
from partnerkit.findings import Finding
from partnerkit.kinds.canonical import digest
from partnerkit.policies.amending import CASE, DIGEST
from partnerkit.policies.policy import Policy
from partnerkit.register import PolicyFile, RecordFile, Register
from partnerkit.rules.commands import as_committed, line, quoted
from partnerkit.rules.governing import weakened
from partnerkit.rules.places import at
from partnerkit.rules.proposing import anew, is_amendment, overtaken_by, proposed_at, proposing, proposing_any
from partnerkit.store.git.history import log
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree, Tree
from partnerkit.store.load import drafted_in

if TYPE_CHECKING:
    from partnerkit.policies.changes import Change
    from partnerkit.store.draft import Draft  # what only reads loads nothing of what writes

#: That a case is to decide on a text, and there is none.
NOTHING_PUT = "nothing was put before {case} yet, so there is no text on which it could decide"


def text_taken_back(draft: Draft, former: Tree, case: RecordFile) -> None:
    """Let what is shown beside a case follow its digest where that is taken back; where there was no text it goes.

    Args:
        draft: what is about to land, the case in it.
        former: the tree in which it stood as it now stands again.
        case: the case as it stood before it was taken back.
    """
    path = proposed_at(case.id, str(case.model.policy))
    text = former.read(path)
    again = draft.after.records[case.id].data.get(DIGEST)
    if again != case.data.get(DIGEST) and text != draft.tree.read(path):
        draft.put_file(path, text)


def weakened_by(register: Register, old: PolicyFile, new: PolicyFile) -> list[str]:
    """Everything in which a new version of a policy demands less, in words."""
    name = old.policy.policy
    rules = {**register.rules, old.path: digest(new.data)}
    placed = replace(new, path=old.path)
    return weakened(register, replace(register, policies={**register.policies, name: placed}, rules=rules))


def changed(old: PolicyFile, new: PolicyFile) -> list[Change]:
    """Everything in which a new version of a policy is another, but for the cases that it lists."""
    from partnerkit.policies.changes import changes  # noqa: PLC0415 - only where versions are compared

    every = changes(old.data, new.data)
    return [one for one in every if (one.what, one.name) != ("fact", "amendments")]


def says_the_same(old: PolicyFile, new: PolicyFile) -> bool:
    """Whether a new version of a policy changes nothing but the cases that it lists."""
    was, now = ({**one.data, "amendments": []} for one in (old, new))
    return digest(was) == digest(now)


def replaced(register: Register, old: PolicyFile, case: RecordFile, new: PolicyFile) -> list[str]:
    """What a proposal takes the place of in a case, and what of that nobody proposes any more."""
    held = case.data.get(DIGEST)
    if held is None or held == digest(new.data):
        return []
    former = register.drafted(proposed_at(case.id, old.policy.policy))
    kept = {text for one in changed(old, new) for text in _parts(one)}
    gone = [text for one in changed(old, former) for text in _parts(one) if text not in kept] if former else []
    return [
        f"takes the place of what was put before {case.id} so far ({held})",
        *(f"no longer proposed: {words}" for words in gone),
    ]


def _parts(change: Change) -> list[str]:
    """What a change says of one thing, key by key."""
    return [f"{change.short}: {text}" for text in change.details] or [change.short]


def amends(register: Register, tree: Tree, found: RecordFile) -> list[str]:
    """Of a case that amends a policy, what whoever decides must not overlook; of another record nothing."""
    old = _amended(register, found)
    if old is None:
        return []
    if found.data.get(DIGEST) is None:
        return [f"{NOTHING_PUT.format(case=found.id)}: {proposing_any(old.policy, found.id)}"]
    path = proposed_at(found.id, old.policy.policy)
    if tree.read(path) is None:
        return [_no_text(found, path)]
    new = register.drafted(path)
    other = _other_text(found, path, new)
    if new is None or other is not None:
        return [str(other)]
    if since := overtaken_by(register, old.policy, found):
        return [f"{overtaken(old.policy, found, since)}: {anew(old.policy, found)}"]
    landed = found.id in old.policy.amendments
    whole = f"what {found.id} changes: git diff --no-index {old.path} {path}"
    lands = f"{found.id} is decided; it lands with: {line('policy', 'amend', found.id)}"
    words = weakened_by(register, old, new)
    return [
        *([] if landed else [lands if _decided(old.policy, found) else whole]),
        *(f"{found.id} weakens {one}" for one in words),
    ]


def texts_differ(git: Git, tree: Tree, register: Register, only: set[str] | None) -> Iterator[Finding]:
    """Cases beside which another text can be read than the one on which they decide."""
    for case in register.of_kind(CASE) if any(one.policy.amended_by for one in register.policies.values()) else ():
        old = _amended(register, case) if only is None or case.id in only else None
        if old is None or case.data.get(DIGEST) is None or case.id in old.policy.amendments:
            continue
        path = proposed_at(case.id, old.policy.policy)
        new = register.drafted(path)
        mend = put_back(git, register, case) if _decided(old.policy, case) else proposing(case.id)
        if tree.read(path) is None:
            missing = _no_text(case, path)
            yield at(case, (DIGEST,), "amendment-text-missing", missing, mend=mend, severity="warning")
        elif (other := _other_text(case, path, new)) is not None:
            own = new is not None and not _decided(old.policy, case)
            again = line("policy", "amend", case.id, "--from", path)
            yield at(case, (DIGEST,), "amendment-text-differs", other, mend=again if own else mend)


def overtaken(policy: Policy, case: RecordFile, since: list[str]) -> str:
    """That what a case decides on cannot land any more."""
    before = f"what {case.id} decides on is a change of {policy.policy} as it was before {', '.join(since)} amended it"
    return f"{before}: another was amended in between, so it cannot land, and is put before the case and decided anew"


def _amended(register: Register, case: RecordFile) -> PolicyFile | None:
    """The policy that a case amends, if it is such a case and is not dropped."""
    old = register.policies.get(case.model.policy)
    if old is None or not is_amendment(old.policy, case):
        return None
    return None if _dropped(old.policy, case) else old


def put_back(git: Git, register: Register, case: RecordFile) -> str:
    """The lines by which the text comes back on which a case decided; where git never had it, it is put anew."""
    policy = register.policies[case.model.policy].policy
    path, held = proposed_at(case.id, policy.policy), case.data.get(DIGEST)
    for place, commit in enumerate(log(git, path)):
        text = drafted_in(CommitTree(git, commit.oid))(path)
        if text is not None and digest(text.data) == held:
            if place == 0:
                return as_committed(path)
            subject = quoted(f"The text that {case.id} decides on")
            return f"{as_committed(path, commit.oid)}; then git commit -m {subject} -- {path}"
    return f"git never had the text that it decides on: {anew(policy, case)}"


def _no_text(case: RecordFile, path: str) -> str:
    return f"{case.id} decides on {case.data[DIGEST]}, and its text is not there to be read ({path})"


def _other_text(case: RecordFile, path: str, new: PolicyFile | None) -> str | None:
    """That a text is not the one on which a case decides."""
    held = case.data.get(DIGEST)
    if new is None:
        return f"{path} is no policy: {case.id} decides on {held}, whatever stands there"
    if digest(new.data) == held:
        return None
    return f"{path} is not what {case.id} decides on: that is {held}, and the text there {digest(new.data)}"


def _dropped(policy: Policy, case: RecordFile) -> bool:
    """Whether a case is over without having decided anything."""
    lifecycle = policy.lifecycles.get(case.kind)
    return not _decided(policy, case) and lifecycle is not None and lifecycle.is_over(case.stage)


def _decided(policy: Policy, case: RecordFile) -> bool:
    """Whether a case stands where its change is decided."""
    return policy.amended_by is not None and case.stage in policy.amended_by.in_
