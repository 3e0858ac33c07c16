"""Who may take text out of records for good: `trust.expunged-by` in register.yaml says so, as it stood before."""

from __future__ import annotations

import pytest

from tests.conftest import At
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.scenarios.landing import METHODS, audited, landed
from tests.story import ACME

SETTINGS = "records/register.yaml"
NAME = "Ann Öberg"
CODE = "expunged-by-another"


@pytest.fixture
def typed(at: At) -> Place:
    """A name stands in a record; p-timo (partnership-committee) and p-lea (legal-reviewer) are there besides p-rosa."""
    place = at("proposed")
    place.do("set", ACME, f"name=Acme of {NAME}")
    return place


def kept(place: Place, roles: str = "partnership-committee") -> Place:
    """Only those of the committee may take text out."""
    path = place.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("trust:\n", f"trust:\n  expunged-by: [{roles}]\n", 1), encoding="utf-8")
    commit(place)
    return place


def spellings(place: Place) -> str:
    return place.write("spellings.txt", f"{NAME}\n")


def forget(place: Place, by: str) -> None:
    place.do("person", "forget", spellings(place), "--reason", "their own request", by=by)


def codes(found: list[dict[str, str]]) -> list[str]:
    return [one["code"] for one in found if one["severity"] == "error"]


def test_without_the_role_it_is_refused_and_told_who_holds_it(typed: Place) -> None:
    place = kept(typed)
    said = place.refuse("person", "forget", spellings(place), "--reason", "their own request")
    assert CODE in said.err
    assert "(trust.expunged-by) leaves that to partnership-committee: p-timo" in said.err
    assert "one of them runs: partnerkit person forget" in said.err
    assert not list((place.root / ".git" / "partnerkit").glob("forget-*"))
    forget(place, "p-timo")
    assert NAME not in place.text(ACME)
    assert audited(place)["proven"]


def test_a_dry_run_is_refused_too(typed: Place) -> None:
    kept(typed)
    typed.refuse("person", "forget", spellings(typed), "--reason", "their own request", "--dry-run")


def test_of_several_roles_one_is_enough(typed: Place) -> None:
    kept(typed, "legal-reviewer, partnership-committee")
    forget(typed, "p-lea")
    assert audited(typed)["proven"]


def test_a_role_that_has_ended_is_none(typed: Place) -> None:
    kept(typed)
    typed.do("person", "end", "p-timo", "partnership-committee", "--until", "2026-03-02", day="2026-03-02")
    said = typed.refuse("person", "forget", spellings(typed), "--reason", "asked", by="p-timo", day="2026-03-03")
    assert "leaves that to partnership-committee: nobody" in said.err


@pytest.mark.parametrize("method", METHODS)
def test_past_the_command_it_is_found_however_it_landed(typed: Place, method: str) -> None:
    """Somebody without the role takes text out in a clone whose rules do not ask for it, or by hand."""

    def change(here: Place) -> None:
        _without_asking(here)

    kept(typed)
    base = landed(typed, method, change)
    (found,) = [one for one in audited(typed, "--since", base)["findings"] if one["severity"] == "error"]
    assert (found["code"], found["record"]) == (CODE, ACME)
    assert "is by p-rosa" in found["message"]
    assert codes(typed.findings("--base", base, "--head", "HEAD")) == [CODE]


def _without_asking(place: Place, by: str = "p-rosa") -> None:
    """What `person forget` would have done where anybody may; it lands past the judge."""
    path = place.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    start = place.git("rev-parse", "HEAD").strip()
    path.write_text(text.replace("  expunged-by: [partnership-committee]\n", ""), encoding="utf-8")
    place.git("commit", "-qam", "for a moment", "--no-verify")
    forget(place, by)
    expunged = place.path(ACME).read_bytes()
    place.git("reset", "-q", "--hard", start)
    place.path(ACME).write_bytes(expunged)
    assert CODE in codes(place.findings())
    place.git("commit", "-qam", "taken out", "--no-verify")


def test_in_the_name_of_somebody_who_may(typed: Place) -> None:
    """Whoever writes the name of a keeper into the record still lands it with a commit of their own."""
    kept(typed)
    _without_asking(typed)
    rewrite(typed, ACME, lambda data: data["expunged"][0].update(by="p-timo"))
    assert CODE in codes(typed.findings("--base", "HEAD~1"))
    typed.git("commit", "-qa", "--amend", "-m", "taken out", "--no-verify")
    (found,) = [one for one in audited(typed)["findings"] if one["severity"] == "error"]
    assert found["code"] == CODE
    assert "lands with a commit of p-rosa" in found["message"]
    assert CODE in codes(typed.findings("--base", "HEAD~1", "--head", "HEAD", "--landed"))
    assert CODE not in codes(typed.findings("--base", "HEAD~1", "--head", "HEAD"))


def test_loosening_it_first_is_told_and_excuses_no_earlier_step(typed: Place) -> None:
    kept(typed)
    _without_asking(typed)
    path = typed.root / SETTINGS
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  expunged-by: [partnership-committee]\n", ""), encoding="utf-8")
    commit(typed)
    found = audited(typed)
    assert codes(found["findings"]) == [CODE]
    assert "text may be expunged by anybody on the roster instead of partnership-committee" in str(found["rules"])


def test_unset_anybody_may_and_that_is_said(typed: Place) -> None:
    words = "anybody on the roster may take text out of records for good"
    assert words in typed.run("doctor").out
    forget(typed, "p-lea")
    assert words in typed.run("audit").out
    assert typed.json("audit")["expunged_by"] == []
    kept(typed)
    assert words not in typed.run("doctor").out
    assert "partnership-committee may take text out of records for good" in typed.run("doctor").out
    assert words not in typed.run("audit").out
    assert typed.json("audit")["expunged_by"] == ["partnership-committee"]


def test_a_role_that_nobody_holds_is_warned_of(typed: Place) -> None:
    kept(typed, "data-keeper")
    (found,) = [one for one in typed.findings() if one["code"] == "keepers-missing"]
    assert "trust.expunged-by leaves taking text out to data-keeper, which nobody holds" in found["message"]
