"""Statements that stand in a record: each once, with its file as it was, and still of what stands there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partnerkit.findings import Finding
from partnerkit.kinds.canonical import POINTER, WHOLE
from partnerkit.rules.said import approvals_still_bind, evidence_matches, ids_are_unique, statements_stand_once
from tests.policies.fulfil import FILE, World
from tests.rules.bench import moved, policy, world
from tests.rules.sealing import BACK, READ, bind, found, seen, stood, withdraw

CLAUSE = "SMALL §1.1"
REF = "records/evidence/subject/report.pdf"
SAID = "e-000000000001"


def reported(**more: Any) -> World:
    """A partnership with a report, the digest of which is known."""
    here = world(policy(evidence={"kinds": ["report"]}))
    here.record["evidence"][0] |= {"ref": REF, "digest": FILE}
    here.record["evidence"][0] |= {key.replace("_", "-"): value for key, value in more.items()}
    for key in [key for key, value in more.items() if value is None]:
        del here.record["evidence"][0][key]
    return here


def matched(here: World, now: str | None) -> list[Finding]:
    """What is told of the evidence, where each file has this digest."""
    return list(evidence_matches(seen(here, digests=lambda ref: now if ref.startswith("records/") else None)))


def back(ref: str) -> str:
    """How a file becomes again what was recorded."""
    return f"git restore --staged --worktree -- {ref}; where it landed so, git log -p -- {ref} shows what it was"


@pytest.mark.parametrize(
    ("now", "code", "what", "mend"),
    [
        (None, "evidence-missing", "is not there, or cannot be read", back(REF)),
        (
            "sha256:" + "2" * 64,
            "evidence-changed",
            "is no longer the file that was recorded",
            back(REF),
        ),
        (POINTER, "lfs-pointer", "is a pointer of git LFS: the bytes themselves are elsewhere", WHOLE),
    ],
)
def test_a_file_is_still_the_one_that_was_recorded(now, code, what, mend):
    assert matched(reported(), FILE) == []
    message = f"{REF}, evidence {SAID} for more, {what}"
    more = {"clause": CLAUSE, "mend": mend, "was": f"evidence/{REF}"}
    assert matched(reported(), now) == [found(code, ("evidence", 0, "digest"), message, **more)]
    here = reported()
    here.say("evidence", "e", "more", kind="report", ref="gone", digest=FILE)
    assert [one.line for one in matched(here, FILE)] == [found("", ("evidence", 1, "digest"), "").line]


def test_a_file_with_a_space_in_its_name_is_quoted():
    [told] = matched(reported(ref="records/a report.pdf"), None)
    assert told.mend == back("'records/a report.pdf'")


@pytest.mark.parametrize("length", [120, 121])
def test_a_long_reference_is_shown_by_its_beginning(length):
    ref = "records/" + "x" * (length - 8)
    [told] = matched(reported(ref=ref), None)
    whole = length == 120
    shown = ref if whole else f"{ref[:120]}…"
    assert told.message == f"{shown}, evidence {SAID} for more, is not there, or cannot be read"
    assert told.mend == (back(ref) if whole else READ)


@pytest.mark.parametrize("more", [{"claimed": True}, {"digest": None}, {"withdrawn": BACK}])
def test_what_is_kept_elsewhere_has_no_digest_or_was_withdrawn_is_not_compared(more):
    here = reported(**more)
    assert matched(here, None) == []
    here.say("evidence", "e", "more", kind="report", ref=REF, digest=FILE)
    assert [one.line for one in matched(here, None)] == [found("", ("evidence", 1, "digest"), "").line]


def test_what_an_entry_rests_on_stays_even_where_it_was_withdrawn():
    here = reported(withdrawn=BACK)
    moved(here, "active", uses=[SAID])
    assert [one.code for one in matched(here, None)] == ["evidence-missing"]
    assert matched(here, FILE) == []


def test_evidence_with_a_digest_says_of_what():
    here = reported(ref=None)
    here.say("evidence", "e", "more", kind="report", ref=REF, digest="sha256:" + "2" * 64)
    message = (
        f"the evidence {SAID} for more has a digest and does not say of what: "
        "neither a file (ref) nor that it is kept elsewhere (claimed)"
    )
    more = {"clause": CLAUSE, "mend": withdraw(SAID), "statement": SAID}
    first, second = matched(here, FILE)
    assert first == found("evidence-missing", ("evidence", 0, "digest"), message, **more)
    assert second.code == "evidence-changed"


def test_no_two_statements_have_the_same_id():
    here = reported()
    assert list(ids_are_unique(seen(here))) == []
    here.record["evidence"].append({**here.record["evidence"][0], "ref": "another"})
    message, was = f"the statement id {SAID} is used twice", f"said/{SAID}"
    assert list(ids_are_unique(seen(here))) == [
        found("statement-repeated", ("evidence", 1, "id"), message, mend=READ, was=was)
    ]


def test_no_statement_stands_in_two_records():
    here = reported()
    here.say("evidence", "e", "more", kind="report", ref="another thing")
    there = stood(here)
    assert list(statements_stand_once(there)) == []
    [subject] = [there.records["subject"]]
    copies = {
        name: replace(subject, path=name, data={**subject.data, "id": name, "evidence": subject.data["evidence"][:1]})
        for name in ("copy-1", "copy-2")
    }
    copies = {
        name: replace(one, model=type(one.model).model_validate(one.data), place=subject.place)
        for name, one in copies.items()
    }
    two = {"subject": subject, "copy-1": copies["copy-1"]}
    assert [one.record for one in statements_stand_once(replace(there, records=two))] == ["copy-1", "subject"]
    own = {**subject.data, "evidence": [{**subject.data["evidence"][0], "id": "e-00000000000f"}]}
    other = replace(copies["copy-2"], data=own, model=type(subject.model).model_validate(own))
    assert list(statements_stand_once(replace(there, records={"subject": subject, "copy-2": other}))) == []
    told = list(statements_stand_once(replace(there, records={**there.records, **copies})))
    assert told == [
        found(
            "statement-repeated",
            ("evidence", 0, "id"),
            f"the statement {SAID} for more stands in {others} too: one is a copy",
            mend=f"where this is the copy: {withdraw(SAID, record=name)}",
            statement=SAID,
            record=name,
        )
        for name, others in (
            ("copy-1", "copy-2, subject"),
            ("copy-2", "copy-1, subject"),
            ("subject", "copy-1, copy-2"),
        )
    ]


def decided(**more: Any) -> World:
    """A partnership of which p-bob approved the website."""
    here = world(policy(approval={"role": "board"}, covers=["website"], **more))
    here.record["website"] = "https://harbour.example"
    return bind(here)


def changed(here: World) -> World:
    here.record["website"] = "https://other.example"
    return here


def void(said: str = "a-000000000001", place: int = 0) -> Finding:
    message = f"the approval {said} of p-bob for more is void: one of website changed since p-bob approved"
    mend = "partnerkit approve subject more --for p-bob --seen <seen>"
    return found("approval-void", ("approvals", place), message, clause=CLAUSE, mend=mend, severity="warning")


def test_an_approval_for_a_gate_ahead_binds_what_stands_there():
    assert list(approvals_still_bind(seen(decided()))) == []
    assert list(approvals_still_bind(seen(changed(decided())))) == [void()]


@pytest.mark.parametrize("why", ["used", "withdrawn", "behind", "without stages"])
def test_an_approval_that_is_not_waited_for_may_be_void(why):
    here = changed(decided())
    if why == "used":
        moved(here, "active", uses=["a-000000000001"])
        moved(here, "proposed", type_="undo", undoes=here.record["history"][-1]["id"], uses=[])
    elif why == "withdrawn":
        here.record["approvals"][0]["withdrawn"] = BACK
    elif why == "behind":
        moved(here, "active")
    else:
        here.policy = here.policy.model_copy(update={"lifecycles": {}})
        here.record["stage"] = here.record["history"][0]["to"] = "void"
    assert list(approvals_still_bind(seen(here))) == []


def again(here: World, said: str, **more: Any) -> None:
    here.record["approvals"].append({**here.record["approvals"][0], "id": said, **more})


def test_only_the_latest_word_of_each_person_is_looked_at():
    here = decided()
    first = here.record["approvals"][0]
    bound = {**first["binds"], "content": "c1:" + "f" * 64}
    here.record["approvals"][0] = {**first, "binds": bound}
    assert list(approvals_still_bind(seen(here))) == [void()]
    again(here, "a-00000000000b", binds=first["binds"], at="2026-05-02T12:00:00Z")
    assert list(approvals_still_bind(seen(here))) == []
    again(here, "a-00000000000c", at="2026-05-01T18:00:00Z")  # listed last, and said before the one above
    assert list(approvals_still_bind(seen(here))) == []
    again(here, "a-00000000000d", at="2026-05-02T12:00:00Z")  # of the same moment: the one listed last
    assert list(approvals_still_bind(seen(here))) == [void("a-00000000000d", 3)]


def test_what_was_used_holds_nothing_up():
    here = changed(decided())
    again(here, "a-00000000000b", by="p-ann")
    moved(here, "active", uses=["a-000000000001"])
    moved(here, "proposed", type_="undo", undoes=here.record["history"][-1]["id"], uses=[])
    assert [one.message.split()[2] for one in approvals_still_bind(seen(here))] == ["a-00000000000b"]


def test_what_is_void_is_told_in_the_order_of_the_file():
    here = changed(decided())
    again(here, "a-00000000000b", by="p-ann", at="2026-04-01T12:00:00Z")
    told = list(approvals_still_bind(seen(here)))
    assert [one.message.split()[2] for one in told] == ["a-000000000001", "a-00000000000b"]


def test_each_requirement_has_its_own_latest_word():
    other = {"other": {"approval": {"role": "board"}, "covers": ["website"]}}
    here = decided(others=other)
    here.data["lifecycles"]["partnership"]["transitions"][0]["needs"].append("other")
    here.policy = type(here.policy).model_validate(here.data)
    again(here, "a-00000000000b", requirement="other")
    changed(bind(here))
    told = list(approvals_still_bind(seen(here)))
    assert [one.message.split()[6] for one in told] == ["more", "other"]
