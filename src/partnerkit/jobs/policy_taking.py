"""Take a policy into a register, follow a newer version of its pack, and say that it was reviewed."""

from __future__ import annotations

import copy
from datetime import date
from pathlib import Path
from typing import Any

from partnerkit.dataclass import dataclass
from partnerkit.errors import CannotWorkError, WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs.amending import written
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.landing import Landed, Planned, land
from partnerkit.jobs.offering import put_schemas
from partnerkit.jobs.policies import find
from partnerkit.kinds.canonical import digest
from partnerkit.policies.merging import Merged, merge
from partnerkit.policies.policy import ORDER
from partnerkit.register import POLICIES_FOLDER, SETTINGS_PATH, PolicyFile
from partnerkit.rules.commands import line, migrating, reaffirming
from partnerkit.rules.refused import Refused
from partnerkit.store import packs
from partnerkit.store.disk.given import given
from partnerkit.store.draft import Draft
from partnerkit.store.git.history import log
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.policy_reading import read_policy_text
from partnerkit.store.yaml.reader import read


def add(desk: Desk, what: str) -> Landed:
    """Take a policy in: a shipped pack by its id, or a policy file of one's own.

    It becomes allowed, and the default of every kind that has none yet.

    Raises:
        WrongCallError: the register has it already, no such pack or file.
        Refused: the file is no policy, or contradicts itself; says where.
    """
    text = packs.for_register(what) if what in packs.names() else of_file(what)

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        source = read_policy_text(text, what)
        name = source.policy.policy
        if name in draft.base.policies:
            mine = draft.base.policies[name].policy
            follows = "" if mine.derived_from is None else f"; partnerkit policy upgrade {name} follows its pack"
            mend = f"{migrating(mine)} brings another version{follows}"
            raise WrongCallError(f"the register has the policy {name} already", mend)
        draft.put_rules_text(f"{POLICIES_FOLDER}{name}.yaml", text)
        draft.put_rules(SETTINGS_PATH, _allowed(draft, source))
        put_schemas(draft)
        open_ = sum(spec.value is None for spec in source.policy.variables.values())
        things = "1 thing that it leaves open waits" if open_ == 1 else f"{open_} things that it leaves open wait"
        notes = [f"{things} for your decision: partnerkit policy gaps {name}"]
        subject = f"policy {name}: taken in"
        return Planned(subject, name, [f"by {actor}"], {"Partnerkit-Command": ["policy add"]}, notes if open_ else [])

    return land(desk, plan)


def of_file(what: str) -> str:
    """The text of a policy file of one's own.

    Raises:
        WrongCallError: there is no such file, nor is a pack of that name shipped, or it is no text.
    """
    if not Path(what).exists():
        packs.text(what)  # says which packs there are
    try:
        return given(what).decode("utf-8")
    except UnicodeDecodeError as error:
        raise WrongCallError(f"{what} is not UTF-8 text", "a policy is one YAML file in UTF-8") from error


def _allowed(draft: Draft, source: PolicyFile) -> dict[str, Any]:
    data = copy.deepcopy(draft.before.documents[SETTINGS_PATH].data)
    name = source.policy.policy
    data["policies"]["allowed"] = [*data["policies"]["allowed"], name]
    defaults = data["policies"].setdefault("default", {})
    for kind in source.policy.lifecycles:
        defaults.setdefault(kind, name)
    return data


def reaffirm(desk: Desk, name: str | None, seen: str | None, next_: date | None, case: str | None = None) -> Landed:
    """Record that the organisation has reviewed a policy and stands by it. Nothing that it demands changes.

    Args:
        desk: where and when.
        name: the policy; the only one where None.
        seen: where the review can be seen.
        next_: when it is due again; by its own rhythm where None.
        case: the case in which that is decided, where the policy asks for one.

    Raises:
        WrongCallError: it is not said where that can be seen, or when it is due again.
        Refused: the policy asks for a case that decides it.
    """
    if not seen:
        raise WrongCallError("say where the review can be seen", "--seen minutes/2026-03-19.md (or a mail, a link)")

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        known = dict(draft.base.policies)
        found = known[find(desk, name).policy.policy]
        policy, today = found.policy, desk.today(draft.base)
        due = next_ or (policy.review_every.after(today) if policy.review_every else None)
        if due is None:
            message = f"{policy.policy} does not say how often it is reviewed: say when it is due again"
            raise WrongCallError(message, reaffirming(policy, seen))
        if due <= today:
            raise WrongCallError(
                f"the next review ({due}) lies no later than this one ({today})", "--next <a later day>"
            )
        data = {**found.data, "reviewed": today.isoformat(), "next-review": due.isoformat(), "review-seen": seen}
        subject = f"policy {policy.policy}: reviewed, due again on {due}"
        trailers = {"Partnerkit-Command": ["policy reaffirm"]}

        def landing(into: Draft, text: str) -> Planned:
            into.put_rules_text(found.path, text)
            return Planned(subject, policy.policy, [f"seen: {seen}", f"by {actor}"], trailers)

        text, again = draft.rules_text(found.path, data, ORDER), reaffirming(policy, seen, next_)
        return written(desk, draft, found, text, case, again, landing)

    return land(desk, plan)


@dataclass(frozen=True, slots=True)
class Upgraded:
    """A policy that follows its pack: from which version to which, and what was taken, kept, or contested."""

    policy: str
    before: str
    after: str
    merged: Merged


def upgrade(desk: Desk, name: str | None, ours: list[str], theirs: list[str], case: str | None = None) -> Landed:
    """Follow the shipped version of a policy's pack: its changes are taken, the organisation's own stay.

    Args:
        desk: where and when.
        name: the policy; the only one where None.
        ours: paths that both changed, where the organisation's version stays.
        theirs: paths that both changed, where the pack's is taken.
        case: the case in which that is decided, where the policy asks for one.

    Raises:
        CannotWorkError: the policy comes from no pack, or the version from which it began is nowhere in history.
        Refused: both changed the same thing, and it is not said whose counts; or the policy asks for a case that
            decides it.
    """

    def plan(draft: Draft) -> Planned:
        actor = desk.actor(draft.base)
        mine = draft.base.policies[find(desk, name).policy.policy]
        begun = mine.policy.derived_from
        if begun is None:
            raise CannotWorkError(f"{mine.policy.policy} comes from no pack, so there is nothing to follow")
        shipped = packs.load(begun.pack)
        if begun.digest == digest(shipped.data):
            message = f"{mine.policy.policy}: follows version {begun.version} of its pack already"
            return Planned(message, Upgraded(mine.policy.policy, begun.version, begun.version, Merged(mine.data)))
        merged = merge(_began(desk, mine), _own(mine.data), shipped.data)
        _settle(merged, shipped.data, ours, theirs)
        if merged.conflicts:
            raise Refused("both changed the same; nothing changed", _contested(mine, merged))
        merged.data["derived-from"] = {
            "pack": begun.pack,
            "version": shipped.policy.pack_version,
            "digest": digest(shipped.data),
        }
        result = Upgraded(mine.policy.policy, begun.version, shipped.policy.pack_version, merged)
        subject = f"policy {result.policy}: from version {result.before} of its pack to {result.after}"
        body = [f"taken: {path}" for path in merged.taken] + [f"kept: {path}" for path in merged.kept] + [f"by {actor}"]

        def landing(into: Draft, text: str) -> Planned:
            into.put_rules_text(mine.path, text)
            put_schemas(into)
            return Planned(subject, result, body, {"Partnerkit-Command": ["policy upgrade"]})

        contested = [("--ours", path) for path in ours] + [("--theirs", path) for path in theirs]
        picked = [word for pair in contested for word in pair]
        again = line("policy", "upgrade", result.policy, *picked, "--amendment", "<case>")
        return written(desk, draft, mine, draft.rules_text(mine.path, merged.data, ORDER), case, again, landing)

    return land(desk, plan)


def _own(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key != "derived-from"}


def _began(desk: Desk, mine: PolicyFile) -> dict[str, Any]:
    """The pack as it was taken in: the version in the register's history that has the digest it was taken by."""
    wanted = mine.policy.derived_from
    for commit in log(desk.git, mine.path):
        raw = CommitTree(desk.git, commit.oid).read(mine.path)
        document, _found = read(raw or b"", mine.path)
        if document is not None and wanted is not None and digest(_own(document.data)) == wanted.digest:
            return _own(document.data)
    message = f"the version from which {mine.policy.policy} began is nowhere in the history of {mine.path}"
    raise CannotWorkError(
        message, "git fetch --unshallow, if this clone is shallow; else compare with policy diff --pack"
    )


def _settle(merged: Merged, shipped: dict[str, Any], ours: list[str], theirs: list[str]) -> None:
    for path in [*ours, *theirs]:
        if path not in merged.conflicts:
            raise WrongCallError(f"{path} is not contested", f"contested: {', '.join(merged.conflicts) or 'nothing'}")
        merged.conflicts.remove(path)
        (merged.kept if path in ours else merged.taken).append(path)
        if path in theirs:
            _put(merged.data, shipped, path.split("."))


def _put(data: dict[str, Any], source: dict[str, Any], keys: list[str]) -> None:
    head, *rest = keys
    if not rest:
        if head in source:
            data[head] = copy.deepcopy(source[head])
        else:
            data.pop(head, None)
        return
    _put(data[head], source.get(head, {}), rest)


def _contested(mine: PolicyFile, merged: Merged) -> list[Finding]:
    found = []
    each = (word for one in merged.conflicts for word in ("--ours", one))
    ours = line("policy", "upgrade", mine.policy.policy, *each)
    for path in merged.conflicts:
        row, column = mine.place(tuple(path.split(".")))
        message = f"{path} was changed here and in the pack, each in its own way"
        mend = f"{ours}; or, where the pack is to count, --theirs {path}"
        found.append(Finding("policy-contested", message, "error", mine.path, row, column, mend=mend))
    return found
