"""What may rest on what was altered: the way out is to take back the latest entry that can be."""

from __future__ import annotations

from partnerkit.rules.meanwhile import NOTHING, Meanwhile
from tests.rules.bench import register
from tests.rules.ended import SECOND, THIRD, here
from tests.rules.verdicts import entry

OUT = f"partnerkit undo {THIRD} --void --reason <reason>, by somebody else than p-ann, where it may rest on what was altered"


def test_the_latest_that_can_be_taken_back_is():
    now = register(here())
    last, early, gone = entry(THIRD, record="subject"), entry(SECOND, record="subject"), entry(THIRD, record="gone")
    assert Meanwhile((last,)).way_out(now) == OUT
    assert Meanwhile((early, last)).way_out(now) == OUT
    assert Meanwhile((last, early, gone)).way_out(now) == OUT


def test_where_none_can_be_there_is_no_way():
    now = register(here())
    assert Meanwhile((entry(SECOND, record="subject"),)).way_out(now) is None
    assert Meanwhile((entry(THIRD, record="gone"),)).way_out(now) is None
    assert NOTHING.way_out(now) is None


def test_whether_there_is_anything():
    assert not NOTHING
    assert Meanwhile(rules=True)
    assert Meanwhile((entry(THIRD),))
