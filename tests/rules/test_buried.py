"""What is left of a record that was taken back, changed and put back."""

from __future__ import annotations

from dataclasses import replace

from partnerkit.rules.audited import told
from partnerkit.rules.buried import as_left, put_back
from partnerkit.rules.restored import tombstone_was
from partnerkit.rules.strays import taken_out, without_entry
from tests.rules.bench import moved
from tests.rules.ended import here
from tests.rules.sealing import stood
from tests.rules.verdicts import error, verdict

AGAIN = "; it is again what was left of it"


def buried():
    one = here()
    moved(one, "void", type_="tombstone", reason="A slip.")
    return stood(one)


NOW = tombstone_was(buried().records["subject"])
OTHER = "tombstone=another"


def changed(was=NOW, became=OTHER, record="subject"):
    return replace(error("tombstone-changed", record), file=record, commit="0123456789abcdef", was=was, became=became)


def again(*found):
    return as_left([verdict(findings=[one]) for one in found], buried())


def test_what_is_again_what_was_left():
    assert again(changed()) == {"subject"}
    assert again(changed(), changed(OTHER, NOW)) == {"subject"}
    assert again(changed(), changed(OTHER, "tombstone=third"), changed("tombstone=third", NOW)) == {"subject"}
    assert again(changed(), changed(record="gone"), error()) == {"subject"}


def test_what_is_not():
    assert again() == frozenset()
    assert again(error()) == frozenset()
    assert again(changed(OTHER, NOW)) == frozenset()
    assert again(changed(), changed("tombstone=third", NOW)) == frozenset()
    assert again(changed(), changed("tombstone=third", NOW), changed()) == frozenset()
    assert again(replace(changed(), was="file")) == frozenset()


def test_text_that_was_expunged_meanwhile_is_listed_and_makes_no_other():
    record = buried().records["subject"]
    assert tombstone_was(replace(record, data={**record.data, "expunged": [{"id": "x-1"}]})) == NOW
    assert tombstone_was(replace(record, data={**record.data, "name": "Another"})) != NOW


def test_how_it_is_told():
    warned = replace(changed(), severity="warning", message="It is wrong" + AGAIN)
    assert put_back(changed(), {"subject"}) == warned
    assert put_back(changed(), {"another"}) == changed()
    assert put_back(replace(changed(), was="file"), {"subject"}) == replace(changed(), was="file")
    assert put_back(error(record="subject"), {"subject"}) == error(record="subject")
    [one, _rest] = told([verdict(findings=[changed()]), verdict()], [], buried())
    assert one.findings == [warned]
    [one, _rest] = told([verdict(findings=[changed()]), verdict()], [])
    assert one.findings == [changed()]


def test_git_puts_it_back():
    assert without_entry(changed())
    assert not without_entry(error())
    assert not without_entry(replace(changed(), was="file"))
    assert (
        taken_out(changed())
        == "git restore --source=0123456789ab~1 --staged --worktree -- subject && git commit -m 'As it was'"
    )
