"""Rules for what a record refers to: its policy, what it belongs to, the records it names."""

from __future__ import annotations

from collections.abc import Iterator

from partnerkit.findings import Finding
from partnerkit.kinds.catalogue import KINDS
from partnerkit.kinds.entries import TOMBSTONE_STAGE
from partnerkit.kinds.problems import an
from partnerkit.register import SETTINGS_PATH, RecordFile
from partnerkit.rules.around import naming_fields
from partnerkit.rules.commands import WHY, as_committed, line, log_of
from partnerkit.rules.look import Look
from partnerkit.rules.places import at
from partnerkit.steps import value_at


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
    if "policy" in model.subjects and subject_id == look.record.model.policy:
        return
    if subject is None and subject_id in look.register.broken:
        return
    if subject is None:
        message = f"there is no record {subject_id}, to which it says it belongs"
        yield at(look.record, place, "link-broken", message, mend=line("list"))
    elif subject.kind not in model.subjects:
        whose = an(" or ".join(model.subjects))
        message = f"{an(look.record.kind)} belongs to {whose}, but {subject_id} is {an(subject.kind)}"
        yield at(look.record, place, "link-of-wrong-kind", message, mend=line("list", model.subjects[0]))
    elif subject.model.policy != look.record.model.policy:
        message = f"its policy is {look.record.model.policy}, but {subject_id} stands under {subject.model.policy}"
        mend = f"{log_of(subject.path, look.record.path)} shows which of the two was changed"
        yield at(look.record, ("policy",), "policy-of-another", message, mend=mend)
    elif subject.stage == TOMBSTONE_STAGE and look.record.stage != TOMBSTONE_STAGE:
        message = f"{subject_id}, to which it belongs, was taken back: nobody asks after it any more"
        history = look.record.model.history
        mend = line("undo", history[0].id, *WHY) if len(history) == 1 else line("gates", look.record.id)
        yield at(look.record, place, "subject-taken-back", message, mend=mend, severity="warning")


def named_records_exist(look: Look) -> Iterator[Finding]:
    """Other records that it names (the agreement it renews, the one that takes its place) exist."""
    for path in naming_fields(look.policy, look.record.kind):
        found = value_at(look.record.data, path)
        for other in found if isinstance(found, list) else [found]:
            if isinstance(other, str) and other not in look.register.records and other not in look.register.broken:
                message = f"{path} names {other}, and there is no such record"
                keys = tuple(path.split(".")) if other is found else (path.split(".")[0],)
                yield at(look.record, keys, "link-broken", message, mend=line("list"))


def continues_what_it_can(look: Look) -> Iterator[Finding]:
    """What renews or amends another belongs with it, begins no earlier, and keeps the first day of the line."""
    record = look.record
    named = [field for field in KINDS[record.kind].continues if record.data.get(field)]
    if len(named) > 1:
        message = f"it {' and '.join(named)} another: it goes on from one, in one way"
        mend = f"{as_committed(record.path)}; where it landed so, {log_of(record.path)} shows what it was"
        yield at(record, (named[1],), "continuation-mismatch", message, mend=mend)
        return
    for field in named:
        earlier = look.register.records.get(str(record.data[field]))
        for place, message in _against(record, field, earlier) if earlier is not None else ():
            yield at(record, (place,), "continuation-mismatch", message, mend=line("show", record.data[field]))


def adopted_below_judged(look: Look) -> Iterator[Finding]:
    """What was taken in as it stood, below a record that was judged from its beginning, stays visible for ever."""
    first = look.record.model.history[0]
    if first.type != "adopt" or look.record.subject is None:
        return
    subject = look.register.records.get(look.record.subject)
    if subject is not None and subject.model.history[0].type != "adopt":
        message = f"it was adopted in {first.to} and never judged, though {subject.id}, to which it belongs, was"
        mend = f"see that it is so: {line('log', look.record.id)}"
        yield at(look.record, ("history", 0), "adopted-below", message, mend=mend, severity="warning")


def _against(record: RecordFile, field: str, earlier: RecordFile) -> Iterator[tuple[str, str]]:
    if earlier.id == record.id:
        yield field, f"it {field} itself"
        return
    if earlier.kind != record.kind or earlier.subject != record.subject:
        whose = f"{an(earlier.kind)} of {earlier.subject or 'its own'}"
        yield field, f"it {field} {earlier.id}, which is {whose}: not {an(record.kind)} of {record.subject}"
        return
    began, starts = earlier.data.get("starts"), record.data.get("starts")
    if starts and began and str(starts) < str(began):
        yield "starts", f"it {field} {earlier.id}, which began on {began}, and would begin before that, on {starts}"
    original, kept = earlier.data.get("original-start") or began, record.data.get("original-start")
    if kept and str(kept) != str(original):
        said = f"the first day of the line is {original}" if original else "it has no first day"
        yield "original-start", f"it {field} {earlier.id}: {said}, and here it is {kept}"
