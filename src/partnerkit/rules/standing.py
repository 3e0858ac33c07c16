"""Rules for one register: what must be true of every record at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.statements import Acknowledgement, Approval, Evidence, Signature, Statement, Waiver
from partnerkit.policies.definition import gate_digest
from partnerkit.policies.policy import Policy
from partnerkit.policies.values import Variable
from partnerkit.register import SETTINGS_PATH, PolicyFile, RecordFile, Register
from partnerkit.rules.commands import line
from partnerkit.rules.demands.decided import void
from partnerkit.rules.entries import JUDGED, SKEW, covered_paths
from partnerkit.rules.gate import Situation, answer, applies, ask
from partnerkit.rules.places import at
from partnerkit.rules.steps import stage_by_hand
from partnerkit.steps import Live, content_digest, entry_digest, passed_gates, statements, uses_digest, value_at


@dataclass(frozen=True, slots=True)
class Look:
    """One record of a register, looked at on one moment."""

    record: RecordFile
    register: Register
    source: PolicyFile
    now: datetime

    @property
    def policy(self) -> Policy:
        """The policy that governs the record."""
        return self.source.policy

    @property
    def today(self) -> date:
        """The calendar day of the moment."""
        return self.register.day(self.now)


def judge_register(register: Register, now: datetime, only: set[str] | None = None) -> list[Finding]:
    """Everything in the register (or in the records named) that contradicts itself or its rules at this moment."""
    found: list[Finding] = []
    # Asked one by one: to name them all would read them all.
    named = register.records if only is None else (one for one in only if one in register.records)
    for record_id in sorted(named):
        record = register.records[record_id]
        source = register.policies.get(record.model.policy)
        if source is None:
            message = f"the register has no policy {record.model.policy}"
            found.append(at(record, ("policy",), "policy-unknown", message, mend=line("policy", "show")))
            continue
        look = Look(record, register, source, now)
        found += [finding for rule in RECORD_RULES for finding in rule(look)]
    if only is None:
        found += [*_policies_reviewed(register, now), *_statements_stand_once(register)]
    return found


def policy_is_allowed(look: Look) -> Iterator[Finding]:
    """The register allows the policy, and a record takes the policy of its subject."""
    if look.policy.policy not in look.register.settings.policies.allowed:
        message = f"{SETTINGS_PATH} does not allow the policy {look.policy.policy}"
        yield at(
            look.record,
            ("policy",),
            "policy-not-allowed",
            message,
            mend=f"see policies.allowed in {SETTINGS_PATH}",
        )


def subject_exists(look: Look) -> Iterator[Finding]:
    """What a record belongs to exists, is of a kind it can belong to, and has the same policy."""
    model = KINDS[look.record.kind]
    subject_id = look.record.subject
    if model.subject is None or subject_id is None:
        return
    subject = look.register.records.get(subject_id)
    place = (model.subject,)
    if subject is None:
        message = f"there is no record {subject_id}, to which it says it belongs"
        yield at(look.record, place, "link-broken", message, mend=line("list"))
    elif subject.kind not in model.subjects:
        message = f"a {look.record.kind} belongs to a {' or '.join(model.subjects)}, but {subject_id} is a {subject.kind}"
        yield at(look.record, place, "link-of-wrong-kind", message, mend=line("list", model.subjects[0]))
    elif subject.model.policy != look.record.model.policy:
        message = (
            f"its policy is {look.record.model.policy}, but {subject_id} stands under {subject.model.policy}"
        )
        mend = f"git log -p -- {subject.path} {look.record.path} shows which of the two was changed"
        yield at(look.record, ("policy",), "policy-of-another", message, mend=mend)


def named_records_exist(look: Look) -> Iterator[Finding]:
    """Other records that it names (the agreement it renews, the one that takes its place) exist."""
    specs = look.policy.fields.get(look.record.kind, {})
    named = {*KINDS[look.record.kind].refers, *(path for path, spec in specs.items() if spec.type == "record")}
    for path in sorted(named):
        other = value_at(look.record.data, path)
        if isinstance(other, str) and other not in look.register.records and other not in look.register.broken:
            message = f"{path} names {other}, and there is no such record"
            yield at(look.record, tuple(path.split(".")), "link-broken", message, mend=line("list"))


def chain_holds(look: Look) -> Iterator[Finding]:
    """Entries are numbered, follow each other, and carry each other's digest."""
    previous: dict[str, object] | None = None
    for index, entry in enumerate(look.record.data["history"]):
        model = look.record.model.history[index]
        if model.seq != index + 1:
            yield at(
                look.record,
                ("history", index),
                "entry-out-of-order",
                f"entry {model.seq} stands where {index + 1} belongs",
                mend=_restore(look),
            )
        elif model.seal.previous != entry_digest(previous):
            message = (
                f"entry {index} was changed, removed or moved after entry {index + 1} was sealed"
                if index
                else "it is sealed as if an entry stood before it"
            )
            yield at(look.record, ("history", index), "chain-broken", message, mend=_restore(look))
        elif previous is not None and model.from_ != previous.get("to"):
            yield at(
                look.record,
                ("history", index),
                "entry-from-elsewhere",
                f"it leaves {model.from_}, but the record stood in {previous.get('to')}",
                mend=_restore(look),
            )
        previous = entry


def entries_are_possible(look: Look) -> Iterator[Finding]:
    """Whatever the policy was: the first entry makes the record, time runs forward, every type is one that is judged."""
    earlier: datetime | None = None
    for index, entry in enumerate(look.record.model.history):
        problem: tuple[str, str] | None = None
        if not index and entry.type not in {"create", "adopt"}:
            problem = ("never-created", "its first entry neither creates nor adopts it")
        elif index and entry.type in {"create", "adopt"}:
            problem = ("created-twice", "only the first entry creates or adopts a record")
        elif entry.type not in JUDGED:
            problem = ("entry-not-judged", f"entries of the type {entry.type} are not made by this version")
        elif earlier is not None and entry.at < earlier:
            problem = ("entry-backdated", f"it is dated {entry.at:%Y-%m-%d %H:%M}, before the entry that precedes it")
        elif entry.clock is None and entry.at > look.now + SKEW:
            problem = ("entry-in-future", f"it is dated {entry.at:%Y-%m-%d %H:%M}, which is still to come")
        if problem is not None:
            yield at(look.record, ("history", index), *problem, mend=_restore(look))
        earlier = entry.at


def _restore(look: Look) -> str:
    return f"git log -p -- {look.record.path} shows what it was; partnerkit never edits an entry"


def stage_is_where_history_leads(look: Look) -> Iterator[Finding]:
    """The stage is where the last entry leads."""
    yield from stage_by_hand(look.record)


def statements_as_sealed(look: Look) -> Iterator[Finding]:
    """The statements on which entries rest are there, as they were."""
    by_id = {found.said.id: found for found in statements(look.record)}
    for index, entry in enumerate(look.record.model.history):
        absent = [use for use in entry.uses if use not in by_id]
        if absent:
            message = f"entry {index + 1} rests on {', '.join(absent)}, which is no longer there: statements are withdrawn, never removed"
            yield at(look.record, ("history", index), "statement-removed", message, mend=_restore(look))
        elif entry.seal.statements != uses_digest([by_id[use].raw for use in entry.uses]):
            message = f"a statement on which entry {index + 1} rests was edited after it was sealed: {', '.join(entry.uses)}"
            first = by_id[entry.uses[0]] if entry.uses else None
            keys = (first.group, first.index) if first else ("history", index)
            yield at(look.record, keys, "statement-edited", message, mend=_restore(look))


def content_as_sealed(look: Look) -> Iterator[Finding]:
    """What passed gates vouch for is as it was."""
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    for gate in passed_gates(look.record.data["history"], look.policy, look.record.kind):
        entry = look.record.model.history[gate.index]
        transition = lifecycle.find(gate.from_, gate.to) if lifecycle and gate.from_ else None
        paths = covered_paths(look.source, transition)
        if (
            entry.type in {"create", "move"}
            and _same_gate(look, gate.index)
            and entry.seal.covers != content_digest(look.record.data, paths)
        ):
            message = f"what entry {entry.seq} ({gate.to}) vouches for was changed after it: one of {', '.join(paths)}"
            keys = (paths[-1].split(".")[0],) if len(paths) > 3 else ("policy",)
            yield at(look.record, keys, "content-differs", message, mend=_restore(look))


def _same_gate(look: Look, index: int) -> bool:
    """Whether the policy still has the gate as the entry sealed it; else only the audit can judge the entry."""
    entry = look.record.model.history[index]
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    transition = lifecycle.find(entry.from_, entry.to) if lifecycle and entry.from_ else None
    needs = transition.needs if transition else []
    return entry.seal.gate == gate_digest(look.source.data, entry.from_, entry.to, needs)


def approvals_by_holders(look: Look) -> Iterator[Finding]:
    """Whoever approved held the role on that day."""
    for found in statements(look.record):
        said = found.said
        if not isinstance(said, Approval | Waiver) or said.withdrawn is not None:
            continue
        day = said.on or look.register.day(said.at)
        if not look.register.roster.people.get(said.by):
            yield at(
                look.record,
                (found.group, found.index, "by"),
                "person-unknown",
                f"{said.by} is not on the roster",
                mend=line("person", "add", said.by, "--email", "<email>"),
            )
        elif not any(
            held.role == said.role and held.on(day) for held in look.register.roster.people[said.by].roles
        ):
            message = f"{said.by} did not hold the role {said.role} on {day}, the day of {said.id} for {said.requirement}"
            yield at(
                look.record,
                (found.group, found.index),
                "role-not-held",
                message,
                clause=_clause(look, said.requirement),
                mend=line(
                    "approve", look.record.id, said.requirement, "--for", "<person>", "--seen", "<seen>"
                ),
            )


def _clause(look: Look, requirement: str) -> str | None:
    known = look.policy.requirements.get(requirement)
    return ", ".join(look.policy.full(clause) for clause in known.clauses) if known else None


def statements_speak_to_something(look: Look) -> Iterator[Finding]:
    """Every statement speaks to a requirement of the policy, on a day that has come."""
    for found in statements(look.record):
        if found.said.requirement not in look.policy.requirements:
            message = f"{look.policy.policy} has no requirement {found.said.requirement}"
            yield at(
                look.record,
                (found.group, found.index, "requirement"),
                "requirement-unknown",
                message,
                mend=line("policy", "show", look.policy.policy),
                severity="warning",
            )
        if found.said.on is not None and found.said.on > look.register.day(found.said.at):
            message = f"{found.said.id} is dated {found.said.on}, after the day it was recorded ({look.register.day(found.said.at)})"
            yield at(
                look.record,
                (found.group, found.index, "on"),
                "statement-in-future",
                message,
                clause=_clause(look, found.said.requirement),
                mend=_said_again(look, found.said),
            )


def _said_again(look: Look, said: Statement) -> str:
    """The line that makes a statement on a day that has come."""
    if isinstance(said, Approval):
        words = ["approve", look.record.id, said.requirement, "--for", said.by, "--seen", "<seen>"]
    elif isinstance(said, Waiver):
        words = ["waive", look.record.id, said.requirement, "--reason", "<reason>", "--until", "<day>"]
    elif isinstance(said, Signature | Acknowledgement):
        words = ["add", look.record.id, said.requirement, f"party={said.party}"]
    else:
        words = ["add", look.record.id, said.requirement, "<file-or-link>"]
    return line(*words, "--on", "<day>")


def approvals_of_this_record(look: Look) -> Iterator[Finding]:
    """An approval stands in the record for which it was given."""
    for found in statements(look.record):
        said = found.said
        if isinstance(said, Approval) and said.record != look.record.id:
            yield at(
                look.record,
                (found.group, found.index, "record"),
                "approval-of-another",
                f"the approval {said.id} of {said.by} was given for {said.record}: it counts for no other record",
                clause=_clause(look, said.requirement),
                mend=line("approve", look.record.id, said.requirement, "--for", said.by, "--seen", "<seen>"),
            )


def ids_are_unique(look: Look) -> Iterator[Finding]:
    """No two statements or entries of a record have the same id."""
    seen: set[str] = set()
    for found in statements(look.record):
        if found.said.id in seen:
            yield at(
                look.record,
                (found.group, found.index, "id"),
                "statement-repeated",
                f"the statement id {found.said.id} is used twice",
                mend=_restore(look),
            )
        seen.add(found.said.id)


def evidence_matches(look: Look) -> Iterator[Finding]:
    """A file that the register holds is still the one that was recorded."""
    for found in statements(look.record):
        said = found.said
        if (
            not isinstance(said, Evidence)
            or said.withdrawn
            or said.digest is None
            or said.claimed
            or said.ref is None
        ):
            continue
        now = look.register.digests(said.ref)
        place = (found.group, found.index, "digest")
        if now is None:
            message = f"{said.ref}, evidence {said.id} for {said.requirement}, is not there"
            yield at(
                look.record,
                place,
                "evidence-missing",
                message,
                clause=_clause(look, said.requirement),
                mend=f"git checkout HEAD -- {said.ref}",
            )
        elif now != said.digest:
            message = f"{said.ref}, evidence {said.id} for {said.requirement}, is no longer the file that was recorded"
            yield at(
                look.record,
                place,
                "evidence-changed",
                message,
                clause=_clause(look, said.requirement),
                mend=f"git checkout HEAD -- {said.ref}",
            )


def approvals_still_bind(look: Look) -> Iterator[Finding]:
    """An approval for a gate that is still ahead binds what stands there now."""
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    used = {use for entry in look.record.model.history for use in entry.uses}
    ahead = {name for t in (lifecycle.leaving(look.record.stage) if lifecycle else []) for name in t.needs}
    for found in statements(look.record):
        said = found.said
        if (
            not isinstance(said, Approval)
            or said.withdrawn
            or said.id in used
            or said.requirement not in ahead
        ):
            continue
        why = void(ask(_situation(look), look.record.stage, said.requirement), said)
        if why is not None:
            message = f"the approval {said.id} of {said.by} for {said.requirement} is void: {why}"
            yield at(
                look.record,
                (found.group, found.index),
                "approval-void",
                message,
                clause=_clause(look, said.requirement),
                mend=line("approve", look.record.id, said.requirement, "--for", said.by, "--seen", "<seen>"),
                severity="warning",
            )


def _situation(look: Look) -> Situation:
    last = look.record.model.history[-1]
    return Situation(look.record, look.record, look.register, look.register, look.source, look.now, last.at)


def standing_requirements_hold(look: Look) -> Iterator[Finding]:
    """What must hold for as long as a stage lasts still holds. Its end is a warning: no past move becomes illegal."""
    for name, requirement in look.policy.requirements.items():
        if look.record.stage not in requirement.standing or not _concerns(look, name):
            continue
        question = ask(_situation(look), look.record.stage, name)
        if applies(question) and not (given := answer(question)).met:
            message = f"{look.record.stage} needs {name} for as long as it lasts. {given.missing}"
            yield at(
                look.record,
                ("stage",),
                "standing-breach",
                message,
                clause=_clause(look, name),
                mend=given.command,
                severity="warning",
            )


def _concerns(look: Look, name: str) -> bool:
    lifecycle = look.policy.lifecycles.get(look.record.kind)
    return lifecycle is not None and any(name in transition.needs for transition in lifecycle.transitions)


def people_are_on_the_roster(look: Look) -> Iterator[Finding]:
    """Whoever acted in an entry is on the roster."""
    for index, entry in enumerate(look.record.model.history):
        if entry.by not in look.register.roster.people:
            yield at(
                look.record,
                ("history", index, "by"),
                "person-unknown",
                f"{entry.by} is not on the roster",
                mend=line("person", "add", entry.by, "--email", "<email>"),
            )


def _statements_stand_once(register: Register) -> Iterator[Finding]:
    """No statement stands in two records: it was made in one, and copied into the other."""
    homes: dict[str, dict[str, tuple[RecordFile, Live]]] = {}
    for record in register.of_kind(None):
        for found in statements(record):
            homes.setdefault(found.said.id, {}).setdefault(record.id, (record, found))
    for found_in in homes.values():
        for record, found in found_in.values() if len(found_in) > 1 else ():
            others = ", ".join(other for other in found_in if other != record.id)
            message = f"the statement {found.said.id} for {found.said.requirement} stands in {others} too: one is a copy"
            mend = f"take the copy out; {line('gates', record.id)} shows how it is made anew"
            yield at(record, (found.group, found.index, "id"), "statement-repeated", message, mend=mend)


def _policies_reviewed(register: Register, now: datetime) -> Iterator[Finding]:
    """A policy whose own review is overdue is a warning, never more."""
    today = register.day(now)
    for source in register.policies.values():
        due = source.policy.next_review
        if due is not None and due < today:
            line_, column = source.place(("next-review",))
            message = (
                f"the review of {source.policy.policy} itself was due on {due}, {(today - due).days} days ago"
            )
            yield Finding(
                "policy-review-overdue",
                message,
                "warning",
                source.path,
                line_,
                column,
                mend="review it, and record the day of the next one (next-review)",
            )


def unset_variables(policy: Policy) -> list[tuple[str, Variable]]:
    """The variables that nobody has set yet, by name."""
    return [(name, Variable(f"${name}")) for name, spec in policy.variables.items() if spec.value is None]


RECORD_RULES: tuple[Callable[[Look], Iterator[Finding]], ...] = (
    policy_is_allowed,
    subject_exists,
    named_records_exist,
    chain_holds,
    entries_are_possible,
    stage_is_where_history_leads,
    statements_as_sealed,
    content_as_sealed,
    approvals_by_holders,
    statements_speak_to_something,
    approvals_of_this_record,
    ids_are_unique,
    evidence_matches,
    approvals_still_bind,
    standing_requirements_hold,
    people_are_on_the_roster,
)
