"""An entry that landed against the rules is voided: nothing is rewritten, and it is told for ever."""

from __future__ import annotations

import pytest

from tests.place import Place
from tests.scenarios.cheat import commit, forge, rewrite
from tests.scenarios.codes.running import findings, only, paste
from tests.scenarios.landing import METHODS, audited, landed
from tests.sharing import Two

WHY = ("--reason", "nobody had approved it")


def latest(place: Place, record: str = "acme") -> str:
    """The id of the latest entry."""
    found: str = place.json("log", record)["entries"][-1]["id"]
    return found


def errors(found) -> list[str]:
    return [one["code"] for one in found if one["severity"] == "error"]


def advanced_by_hand(place: Place, to: str = "detailed-review", **more) -> str:
    """Somebody who knows the format lands an advance that no gate let through."""
    forge(place, "acme", to, day="2026-03-02", **more)
    commit(place)
    return latest(place)


def with_a_broken_seal(place: Place) -> str:
    """Somebody who does not know the format lands an entry of which no digest is one."""
    forge(place, "acme", "detailed-review", day="2026-03-02", uses=["e-000000000000"])
    zeros = "c1:" + "0" * 64
    seal = dict.fromkeys(("gate", "covers", "statements", "previous"), zeros)
    rewrite(place, "acme", lambda data: data["history"][-1].update(seal=seal))
    commit(place)
    return latest(place)


def test_an_advance_that_landed_against_the_rules_is_voided_by_somebody_else_and_told_for_ever(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    assert errors(place.findings("--base", "HEAD~1")) == ["requirement-unmet"] * 4
    assert not audited(place)["proven"]

    place.day = "2026-03-03"
    said = place.do("undo", bad, "--void", *WHY, by="p-jonas")
    assert said.out.startswith("✓ partnership/acme: void “assessment → detailed-review”")
    assert place.json("show", "acme")["stage"] == "assessment"
    assert place.run("check").code == 0
    assert errors(place.findings("--base", "HEAD~1")) == []

    found = audited(place)
    void = latest(place)
    assert found["proven"]
    told = [one for one in found["findings"] if one["code"] == "requirement-unmet"]
    assert len(told) == 4
    for one in told:
        assert (one["severity"], one["entry"], one["settled_by"]) == ("warning", bad, void)
        assert one["message"].endswith(f"; voided by p-jonas on 2026-03-03: nobody had approved it (entry {void})")
    assert found["voided"] == [
        {
            "record": "acme",
            "entry": bad,
            "by": "p-rosa",
            "voided_by": "p-jonas",
            "at": "2026-03-03T12:00:00Z",
            "reason": "nobody had approved it",
            "with": void,
            "codes": ["requirement-unmet"],
        }
    ]
    (row,) = [one for one in found["entries"] if one["id"] == bad]
    assert (row["voided_by"], row["broke"]) == (void, ["requirement-unmet"])


def test_the_summary_for_trustees_lists_it_in_every_form(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    place.do("undo", bad, "--void", "--reason", "nobody <had> approved it", by="p-jonas", day="2026-03-03")
    place.day = None
    line = f"acme: entry {bad} of p-rosa (assessment → detailed-review; found: requirement-unmet), voided by p-jonas on 2026-03-03: nobody"
    text = place.do("audit").out
    assert "1 of them voided" in text
    assert f"{line} <had> approved it" in " ".join(text.split())
    assert "1 of them voided" in place.do("audit", "--format", "markdown").out
    out = place.root.parent / "audit.html"
    place.do("export", "audit", "--out", str(out))
    html = out.read_text(encoding="utf-8")
    assert f"{line} &lt;had&gt; approved it" in html
    assert "<had>" not in html


def test_an_entry_without_one_true_digest_is_voided_and_check_is_satisfied(at):
    place = at("assessment")
    bad = with_a_broken_seal(place)
    assert set(errors(place.findings())) == {"chain-broken", "statement-removed"}
    place.do("undo", bad, "--void", *WHY, by="p-jonas")
    assert place.run("check").code == 0
    assert audited(place)["proven"]


def test_what_stood_before_it_is_vouched_for_by_the_void(at):
    """The voided entry may say nothing of those before it: the void carries their digest."""
    place = at("assessment")
    place.do("undo", with_a_broken_seal(place), "--void", *WHY, by="p-jonas")
    rewrite(place, "acme", lambda data: data["history"][1].update(by="p-timo"))
    commit(place)
    assert "chain-broken" in errors(place.findings())
    rewrite(place, "acme", lambda data: data["history"][2].update(by="p-timo"))
    assert "chain-broken" in errors(place.findings())


def test_whoever_made_it_does_not_void_it(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    said = place.refuse("undo", bad, "--void", *WHY)
    assert "not-separate" in said.err
    assert "partnerkit undo" in said.err
    forge(place, "acme", "assessment", type_="void", undoes=bad, reason="mine", day="2026-03-03")
    assert "not-separate" in errors(place.findings())
    commit(place)
    found = audited(place)
    assert {"not-separate", "requirement-unmet"} <= set(errors(found["findings"]))


@pytest.mark.parametrize(("separation", "severity"), [("warn", "warning"), ("'off'", None)])
def test_a_small_register_may_separate_less(at, separation, severity):
    place = at("assessment")
    path = place.root / "records/register.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("separation-of-duties: require", f"separation-of-duties: {separation}"), encoding="utf-8"
    )
    place.git("commit", "-qam", "Less separation", "--no-verify")
    place.do("undo", advanced_by_hand(place), "--void", *WHY)
    found = audited(place)["findings"]
    assert [one["severity"] for one in found if one["code"] == "not-separate"] == ([severity] if severity else [])


def test_only_the_latest_that_counts_is_voided_and_only_once(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    first = place.json("log", "acme")["entries"][1]["id"]
    said = place.wrong("undo", first, "--void", *WHY, by="p-jonas").err
    assert f"partnerkit undo {bad} --void" in said
    place.do("undo", bad, "--void", *WHY, by="p-jonas")
    void = latest(place)
    assert "not the latest entry" in place.wrong("undo", bad, "--void", *WHY, by="p-lea").err
    assert "is a void itself" in place.wrong("undo", void, "--void", *WHY, by="p-lea").err
    assert "is a void itself" in place.wrong("undo", void).err
    forge(place, "acme", "assessment", type_="void", undoes=bad, reason="again", by="p-lea")
    assert errors(place.findings()) == ["undoes-another"]


def test_what_lies_beneath_is_voided_when_what_came_after_it_is_taken_back(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    place.do("advance", "acme", "withdrawn", "--reason", "they left", by="p-jonas", day="2026-03-03")
    said = place.wrong("undo", bad, "--void", *WHY, by="p-jonas").err
    assert f"partnerkit undo {latest(place)} --void" in said
    place.do("undo", latest(place), "--reason", "they came back", by="p-jonas", day="2026-03-03")
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-03-03")
    assert place.json("show", "acme")["stage"] == "assessment"
    assert place.run("check").code == 0
    assert audited(place)["proven"]


def test_a_void_says_which_entry_and_why(at):
    place = at("assessment")
    assert "--reason <reason>" in place.wrong("undo", "--void", *WHY).err
    assert "--reason <reason>" in place.wrong("undo", latest(place), "--void").err
    assert "one of the two" in place.wrong("undo", latest(place), "--void", "--correct", *WHY).err


def test_a_record_that_came_in_against_the_rules_is_voided_and_keeps_its_id(place):
    place.do("new", "partnership", "Acme", "id=acme")
    place.edit("acme", "stage: proposed", "stage: active")
    place.edit("acme", "to: proposed", "to: active")
    place.git("commit", "-qa", "--amend", "--no-edit", "--no-verify")
    assert "wrong-start" in errors(audited(place)["findings"])
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas", day="2026-03-03")
    assert place.json("show", "acme")["stage"] == "void"
    assert place.run("check").code == 0
    assert audited(place)["proven"]


@pytest.mark.parametrize("to", ["proposed", "detailed-review", "active"])
def test_a_void_that_leads_elsewhere_is_found(at, to):
    place = at("assessment")
    bad = advanced_by_hand(place)
    forge(place, "acme", to, type_="void", undoes=bad, reason="so", by="p-jonas", day="2026-03-03")
    assert "undone-elsewhere" in errors(place.findings())
    commit(place)
    assert "undone-elsewhere" in errors(place.findings("--base", "HEAD~1", "--head", "HEAD"))
    assert {"undone-elsewhere", "requirement-unmet"} <= set(errors(audited(place)["findings"]))


def test_a_void_brings_back_no_gate_that_an_undo_would_not(at):
    """A legal way back, then the decision is turned round: neither an undo nor a void restores what rested on it."""
    place = at("agreement")
    place.do("advance", "acme", "decision", "--reason", "they offer less", day="2026-03-21")
    back = latest(place)
    place.do(
        "approve", "acme", "final-decision", "--decision", "reject", "--reason", "no", by="p-timo", day="2026-03-22"
    )
    assert "decision-withdrawn" in place.refuse("undo", back, day="2026-03-23").err
    assert "decision-withdrawn" in place.refuse("undo", back, "--void", *WHY, by="p-jonas", day="2026-03-23").err


def test_a_void_is_not_dated_before_what_it_voids(at):
    """Else it would be judged by a day on which the decision still stood."""
    place = at("agreement")
    place.do("advance", "acme", "decision", "--reason", "they offer less", day="2026-07-01")
    back = latest(place)
    reject = ("--decision", "reject", "--reason", "no")
    place.do("approve", "acme", "final-decision", *reject, by="p-timo", day="2026-07-02")
    forge(place, "acme", "agreement", type_="void", undoes=back, reason="so", by="p-jonas", day="2026-06-30")
    assert "entry-backdated" in errors(place.findings())
    commit(place)
    assert "entry-backdated" in errors(audited(place)["findings"])


def test_what_another_record_relies_on_is_not_voided_under_it(at):
    """An agreement that never should have counted opened a gate: what passed through it is taken back first."""
    place = at("active")
    pact = latest(place, "acme-2026")
    place.day = "2026-04-02"
    void = ("undo", pact, "--void", *WHY)
    said = place.refuse(*void, by="p-jonas")
    assert "relied-on" in said.err
    assert f"partnerkit undo {latest(place)}" in said.err
    paste(place, only(findings(place, void, "p-jonas"), "relied-on")["mend"], {}, "p-jonas")
    place.do(*void, by="p-jonas")


def test_what_else_the_same_commit_broke_stays_an_error(at):
    place = at("assessment")
    place.do("add", "acme", "due-diligence", "https://files.example/dd", "outcome=fail", day="2026-03-02")
    said = place.json("log", "acme")["statements"][-1]["id"]
    forge(place, "acme", "detailed-review", day="2026-03-02")
    rewrite(place, "acme", lambda data: data["evidence"][-1].update(outcome="pass"))
    commit(place)
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas")
    found = audited(place)
    assert not found["proven"]
    assert set(errors(found["findings"])) == {"statement-edited"}
    assert said in next(one["message"] for one in found["findings"] if one["code"] == "statement-edited")


def test_the_same_verdict_however_it_landed(at):
    told = {}
    for method in METHODS:
        place = at("assessment")

        def change(here: Place) -> None:
            bad = advanced_by_hand(here)
            here.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-03-03")

        base = landed(place, method, change)
        assert errors(place.findings("--base", base, "--head", "HEAD")) == []
        found = audited(place, "--since", base)
        told[method] = (
            found["proven"],
            sorted((one["code"], one["severity"], one["message"][:60]) for one in found["findings"]),
            [(one["type"], one["broke"]) for one in found["entries"]],
        )
        place.root.rename(place.root.with_name(method))
    assert told["merge"][0]
    assert len({str(one) for one in told.values()}) == 1, told


def test_what_was_judged_before_is_told_anew_when_it_was_voided(at):
    """Verdicts are kept by commit: the void comes later, and still settles them."""
    place = at("assessment")
    bad = advanced_by_hand(place)
    assert not audited(place)["proven"]
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-03-03")
    assert audited(place) == audited(place, "--full")
    assert audited(place)["proven"]


def test_an_entry_dated_ahead_of_its_day_is_voided_today(at):
    place = at("assessment")
    forge(place, "acme", "withdrawn", day="2099-01-01", reason="one day")
    commit(place)
    assert "entry-in-future" in errors(place.findings())
    place.do("undo", latest(place), "--void", *WHY, by="p-jonas", day="2026-03-03")
    assert place.run("check").code == 0
    assert audited(place)["proven"]


def test_log_and_why_say_that_it_never_counted(at):
    place = at("assessment")
    bad = advanced_by_hand(place)
    place.do("undo", bad, "--void", *WHY, by="p-jonas", day="2026-03-03")
    log = place.do("log", "acme").out
    assert f"{bad}  voided" in log
    assert "4. voided: detailed-review → assessment  by p-jonas" in log
    assert "voided: it never counted" in place.do("why", "acme").out


def test_a_void_goes_through_sync(place, tmp_path):
    """It is made again on what somebody else sent meanwhile, and still vouches for what stood before it."""
    two = Two(place, tmp_path)
    two.rosa.do("new", "partnership", "Acme", "id=acme", "type=cloud-providers")
    forge(two.rosa, "acme", "assessment", day="2026-03-02")
    commit(two.rosa)
    two.rosa.git("push", "-q", "origin", "main")
    two.jonas.run("sync")
    two.rosa.do("set", "acme", "website=https://acme.example")
    two.rosa.run("sync")
    two.jonas.do("undo", latest(two.jonas), "--void", *WHY)
    two.jonas.do("sync")
    two.assert_alike()
    assert two.rosa.json("show", "acme")["stage"] == "proposed"


def test_an_entry_of_which_the_id_is_used_twice_is_never_settled(at):
    """Nobody could say which of them is meant: an illegal entry would hide behind the void of another."""
    place = at("assessment")
    forge(place, "acme", "detailed-review", day="2026-03-02")
    bad = latest(place)
    forge(place, "acme", "withdrawn", reason="they left", day="2026-03-02")
    rewrite(place, "acme", lambda data: data["history"][-1].update(id=bad))
    commit(place)
    forge(place, "acme", "detailed-review", type_="void", undoes=bad, reason="so", by="p-jonas", day="2026-03-02")
    commit(place)
    found = audited(place)
    assert {"entry-repeated", "requirement-unmet"} <= set(errors(found["findings"]))
    assert place.json("show", "acme")["stage"] == "detailed-review"


def test_of_an_entry_that_broke_nothing_the_audit_says_so(at):
    """Whoever reads that it was voided does not take it for a breach."""
    place = at("assessment")
    place.do("advance", "acme", "declined", "--reason", "another partner was found", day="2026-03-03")
    entry = latest(place)
    place.do("undo", entry, "--void", "--reason", "they came back", by="p-jonas", day="2026-03-04")
    (found,) = audited(place)["voided"]
    assert (found["entry"], found["codes"]) == (entry, [])
    place.day = None
    line = f"acme: entry {entry} of p-rosa (assessment → declined; nothing was found against it), voided by p-jonas"
    for told in (place.do("audit").out, place.do("audit", "--format", "markdown").out):
        assert "1 of them voided (nothing was found against 1 of these)" in " ".join(told.split())
        assert line in " ".join(told.replace("`", "").split())  # in Markdown an id is code, to be copied
    out = place.root.parent / "audit.html"
    place.do("export", "audit", "--out", str(out))
    html = out.read_text(encoding="utf-8")
    assert "voided: nothing was found against it" in html
    assert line in html


def test_a_day_before_that_of_the_entry_is_refused_as_the_audit_would_find_it(at):
    """The day that was set is no day of landing: by the clock the entry was not dated ahead."""
    place = at("decided")
    forge(place, "acme", "agreement", day="2026-07-10")
    rewrite(place, "acme", lambda data: data["history"][-1].update(clock="set"))
    commit(place)
    bad = latest(place)
    void = ("undo", bad, "--void", *WHY)
    said = place.wrong(*void, by="p-jonas", day="2026-03-21")
    assert f"entry {bad} of acme is dated 2026-07-10 12:00, and no void is dated before what it voids" in said.err
    assert f"partnerkit undo {bad} --void --reason <reason>, without --today, or with a later day" in said.err
    place.do(*void, by="p-jonas", day="2026-07-11")
    assert audited(place)["proven"]


def test_the_audit_offers_to_void_the_latest_entry_that_counts_and_no_other(at):
    place = at("assessment")
    first = advanced_by_hand(place)
    found = [one for one in audited(place)["findings"] if one["entry"] == first]
    assert found
    assert all(f"; partnerkit undo {first} --void --reason <reason>" in one["mend"] for one in found)
    second = advanced_by_hand(place, "decision")
    mends = {one["entry"]: one["mend"] for one in audited(place)["findings"]}
    assert f"partnerkit undo {second} --void" in mends[second]
    assert "--void" not in mends[first]
    place.do("undo", second, "--void", *WHY, by="p-jonas", day="2026-03-03")
    mends = {one["entry"]: one["mend"] for one in audited(place)["findings"]}
    assert "--void" not in mends[second]
    assert f"partnerkit undo {first} --void" in mends[first]
