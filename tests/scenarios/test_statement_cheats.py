"""Statements, decisions and evidence changed past the commands are found, in the working tree and once committed."""

from __future__ import annotations

import pytest

from partnerkit.jobs.desk import seeded
from partnerkit.policies.definition import definition_digest
from partnerkit.steps import content_digest
from tests.scenarios.cheat import ACME, REVIEW, Cheat, caught, commit, expect, register, rewrite

OF_NOTHING = {
    "id": "e-0123456789ab",
    "requirement": "financial-review",
    "kind": "report",
    "digest": f"sha256:{'0' * 64}",
    "outcome": "pass",
    "at": "2026-03-20T12:00:00Z",
    "by": "p-rosa",
}
STRATEGY = "records/evidence/acme/strategy.md"


def on(group, change):
    """A cheat on one list of statements of acme."""
    return lambda place: rewrite(place, "acme", lambda data: change(data[group]))


def edited(group, index, **values):
    return on(group, lambda said: said[index].update({key.replace("_", "-"): value for key, value in values.items()}))


def decided(record_id, name, by, role, **more):
    """A decision typed into a record with faultless digests, by somebody who knows the format."""

    def cheat(place):
        here = register(place)
        record = here.records[record_id]
        source = here.policies[record.model.policy]
        covers = source.policy.requirements[name].covers
        binds = {"definition": definition_digest(source.data, name), "content": content_digest(record.data, covers)}
        said = {"id": f"a-{seeded(name + by)(12)}", "requirement": name, "record": record_id, "role": role}
        said |= {"decision": "approve", "binds": binds, "at": "2026-06-30T12:00:00Z", "by": by, "clock": "set", **more}
        rewrite(place, record_id, lambda data: data.setdefault("approvals", []).append(said))

    return cheat


def withdrawn_and_back(place):
    approval = place.json("show", "acme")["record"]["approvals"][0]["id"]
    place.do(
        "approve", "acme", "core-team-review", "--decision", "withdraw", "--reason", "second thoughts", by="p-jonas"
    )
    rewrite(place, "acme", lambda data: next(a for a in data["approvals"] if a["id"] == approval).pop("withdrawn"))


def waived(name, role, until="2026-12-31"):
    """A waiver typed into acme by p-jonas."""
    said = {"id": "w-0123456789ab", "requirement": name, "role": role, "reason": "in a hurry", "until": until}
    said |= {"at": "2026-06-30T12:00:00Z", "by": "p-jonas", "clock": "set"}
    return lambda place: rewrite(place, "acme", lambda data: data.update(waivers=[said]))


def copied(place):
    """The sign-off of one review, pasted into another."""
    place.do("approve", "acme-march", "review-sign-off", day="2026-06-30")
    place.do("new", "review", "April", "of=acme", "rhythm=monthly", "from=2026-04-01", "until=2026-04-30")
    said = register(place).records["acme-march"].data["approvals"]
    rewrite(place, "acme-april", lambda data: data.update(approvals=said))


def taken_back(index, day, by="p-rosa"):
    """A piece of evidence withdrawn by hand."""
    return edited("evidence", index, withdrawn={"at": f"{day}T12:00:00Z", "by": by, "reason": "never mind"})


def withdrawn_and_changed(place):
    """The file that an entry rests on, changed once it was withdrawn."""
    said = next(
        e for e in register(place).records["acme"].data["evidence"] if e["requirement"] == "partnership-proposal"
    )
    place.do("add", "acme", "partnership-proposal", f"withdraw={said['id']}", "--reason", "no", day="2026-03-21")
    (place.root / said["ref"]).write_text("No.\n", encoding="utf-8")


APRIL = "records/reviews/acme-april.yaml"

CHEATS = [
    Cheat(
        "statement removed", "decided", on("evidence", lambda es: es.pop(5)), (("statement-removed", ACME, "id: e-"),)
    ),
    Cheat(
        "statement on which an entry rests removed",
        "agreement",
        on("evidence", lambda es: es.pop(1)),
        (("statement-removed", ACME, "id: e-"),),
        "statement-removed",
    ),
    Cheat(
        "outcome of evidence edited",
        "decided",
        edited("evidence", 5, outcome="pass"),
        (("statement-edited", ACME, "id: e-"),),
        "statement-edited",
    ),
    Cheat(
        "score raised",
        "agreement",
        on("scores", lambda s: s[0]["marks"]["innovation"].update(score=100)),
        (("statement-edited", ACME, "id: c-"),),
        "statement-edited",
    ),
    Cheat(
        "decision turned",
        "agreement",
        edited("approvals", 0, by="p-timo"),
        (("statement-edited", ACME, "id: a-"),),
        "statement-edited",
    ),
    Cheat("approval un-withdrawn", "decided", withdrawn_and_back, (("statement-edited", ACME, "id: a-"),)),
    Cheat(
        "evidence withdrawn on a day to come",
        "decided",
        taken_back(5, "2099-01-01"),
        (("withdrawal-misdated", ACME, "2099-01-01"),),
        alone="withdrawal-misdated",
    ),
    Cheat(
        "evidence withdrawn before it was made",
        "agreement",
        taken_back(0, "2026-03-01"),
        (("withdrawal-misdated", ACME, "2026-03-01"),),
        alone="withdrawal-misdated",
    ),
    Cheat(
        "evidence withdrawn before the gate that used it",
        "agreement",
        taken_back(1, "2026-03-03"),
        (("withdrawal-misdated", ACME, "2026-03-03"),),
    ),
    Cheat(
        "evidence withdrawn by somebody the roster does not know",
        "decided",
        taken_back(5, "2026-06-30", "p-ghost"),
        (("person-unknown", ACME, "by: p-ghost"),),
        alone="person-unknown",
    ),
    Cheat(
        "evidence by somebody the roster does not know",
        "decided",
        on("evidence", lambda said: said.append({**said[0], "id": "e-0123456789ab", "by": "p-ghost"})),
        (("person-unknown", ACME, "by: p-ghost"),),
        alone="person-unknown",
    ),
    Cheat(
        "score typed by somebody the roster does not know",
        "decided",
        on("scores", lambda s: s.append({**s[0], "id": "c-0123456789ab", "recorded-by": "p-ghost", "seen": "a mail"})),
        (("person-unknown", ACME, "recorded-by: p-ghost"),),
        alone="person-unknown",
    ),
    Cheat(
        "evidence with a digest of nothing",
        "agreement",
        on("evidence", lambda said: said.append(OF_NOTHING)),
        (("evidence-missing", ACME, OF_NOTHING["digest"]),),
        alone="evidence-missing",
    ),
    Cheat(
        "file of withdrawn evidence that an entry rests on changed",
        "agreement",
        withdrawn_and_changed,
        (("evidence-changed", ACME, "digest: sha256:"),),
        alone="evidence-changed",
    ),
    Cheat(
        "whole list of approvals removed",
        "agreement",
        lambda place: rewrite(place, "acme", lambda data: data.pop("approvals")),
        (("statement-removed", ACME, None),),
        "statement-removed",
    ),
    Cheat(
        "covered content changed after approval and after the gate",
        "agreement",
        lambda place: place.edit("acme", "text: Fifty lab seats", "text: Five lab seats"),
        (("locked-field-changed", ACME, "by: partner"),),
        alone="content-differs",
    ),
    Cheat(
        "covered content removed after the gate",
        "agreement",
        lambda place: rewrite(place, "acme", lambda data: data.pop("objectives")),
        (("locked-field-changed", ACME, None),),
        "content-differs",
    ),
    Cheat(
        "approval by somebody who does not hold the role",
        "decided",
        decided("acme", "final-decision", "p-lea", "core-team"),
        (("role-not-held", ACME, "id: a-"),),
        alone="role-not-held",
    ),
    Cheat(
        "approval on a day before the role was held",
        "decided",
        decided("acme", "final-decision", "p-jonas", "core-team", on="2025-12-24"),
        (("role-not-held", ACME, "id: a-"),),
        alone="role-not-held",
    ),
    Cheat(
        "approval by somebody the roster does not know",
        "decided",
        decided("acme", "final-decision", "p-ghost", "core-team"),
        (("person-unknown", ACME, "by: p-ghost"),),
        alone="person-unknown",
    ),
    Cheat(
        "waiver of what nobody may waive",
        "agreement",
        waived("agreement-in-force", "core-team"),
        (("not-waivable", ACME, "id: w-"),),
        alone="not-waivable",
    ),
    Cheat(
        "approval by the proposer",
        "decided",
        decided("acme", "final-decision", "p-rosa", "core-team"),
        (("not-separate", ACME, "id: a-"),),
    ),
    Cheat(
        "approval of another record pasted in",
        "review",
        copied,
        (("approval-of-another", APRIL, "record: acme-march"), ("statement-repeated", APRIL, "id: a-")),
        alone="approval-of-another",
    ),
    Cheat(
        "approval copied, its record rewritten",
        "review",
        lambda place: (copied(place), place.edit("acme-april", "record: acme-march", "record: acme-april")),
        (("statement-repeated", APRIL, "id: a-"),),
        alone="statement-repeated",
    ),
    Cheat(
        "approval dated after it was recorded",
        "review",
        decided("acme-march", "review-sign-off", "p-rosa", "partnership-manager", on="2026-12-01"),
        (("statement-in-future", REVIEW, "2026-12-01"),),
        "statement-in-future",
    ),
    Cheat(
        "statement id used twice",
        "decided",
        on("approvals", lambda said: said.append(dict(said[0]))),
        (("statement-repeated", ACME, "id: a-"),),
        alone="statement-repeated",
    ),
    Cheat(
        "evidence whose file no longer matches",
        "decided",
        lambda place: (place.root / STRATEGY).write_text("No.\n", encoding="utf-8"),
        (("evidence-changed", ACME, "digest: sha256:"),),
        alone="evidence-changed",
    ),
    Cheat(
        "evidence whose file is gone",
        "decided",
        lambda place: (place.root / STRATEGY).unlink(),
        (("evidence-missing", ACME, "digest: sha256:"),),
        alone="evidence-missing",
    ),
    Cheat(
        "evidence whose file became a link",
        "decided",
        lambda place: ((place.root / STRATEGY).unlink(), (place.root / STRATEGY).symlink_to("proposal.md")),
        (("not-a-plain-file", STRATEGY, None), ("evidence-missing", ACME, "digest: sha256:")),
        alone="evidence-missing",
    ),
]


@pytest.mark.parametrize("cheat", CHEATS, ids=str)
def test_caught(at, cheat):
    caught(at(cheat.state), cheat)


def test_an_approval_whose_content_changed_before_the_gate_is_void_and_no_error(at):
    """Allowed, and said: the approval no longer counts, whichever way the change came in."""
    place = at("decided")
    place.edit("acme", "text: Fifty lab seats", "text: Five lab seats")
    found = place.findings()
    assert {one["severity"] for one in found} == {"warning"}
    expect(place, found, (("approval-void", ACME, "id: a-"),))
    assert [one["clause"] for one in found if one["code"] == "approval-void"] == [
        "OPS-05-03 §3.2.3/core-team-review, OPS-05-03 §1.3/integrity-and-independence",
        "OPS-05-03 §3.2.3/final-decision, OPS-05-03 §1.3/integrity-and-independence",
    ]
    commit(place)
    expect(place, place.findings(), (("approval-void", ACME, "id: a-"),))
    refused = place.refuse("advance", "acme", day="2026-03-20")
    assert "changed since p-jonas approved" in refused.err


def test_evidence_withdrawn_after_an_approval_that_rests_on_it_voids_it(at):
    place = at("decided")
    evidence = next(
        e for e in register(place).records["acme"].data["evidence"] if e["requirement"] == "strategic-review"
    )
    place.do(
        "add", "acme", "strategic-review", f"withdraw={evidence['id']}", "--reason", "wrong file", day="2026-03-20"
    )
    expect(place, place.findings(), (("approval-void", ACME, "id: a-"),))
