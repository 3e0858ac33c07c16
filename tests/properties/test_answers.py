"""Whatever a sheet of answers holds: it is read or refused, every row is accounted for, and no cell is repeated."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.metrics.world import shipped

from partnerkit.errors import WrongCallError
from partnerkit.jobs.answers import AnswersMap, survey
from partnerkit.store.disk.sheets import Sheet

_COLUMNS = ("Role", "programme", "Program value", "mentor-satisfaction", "E-mail", "Comments", "role ")
_CELL = st.one_of(
    st.sampled_from(["1", "2", "3", "4", "5", "mentor", "mentee", "formal", "a@b.example", "c@d.example"]),
    st.text(min_size=1, max_size=12).map(lambda text: f"secret {text}"),
)
_ROW = st.dictionaries(st.sampled_from(_COLUMNS), _CELL, min_size=1)


@settings(max_examples=examples(150), deadline=None)
@given(
    st.lists(st.sampled_from(_COLUMNS), min_size=1, unique=True), st.lists(_ROW, min_size=1, max_size=12), st.booleans()
)
def test_every_row_is_accounted_for_and_nothing_that_somebody_wrote_is_repeated(columns, rows, by_role) -> None:
    cells = [{name: cell for name, cell in row.items() if name in columns} for row in rows]
    table = Sheet(columns, [(line, row) for line, row in enumerate(cells, 2)])
    try:
        found = survey("answers.csv", table, shipped(), AnswersMap(kind="feedback"), "role" if by_role else "programme")
    except WrongCallError:  # no column is a question, or two are the same
        return
    assert len(found.answers) + len(found.wrong) + found.empty == len(rows)
    assert all(1 <= score <= 5 for one in found.answers for score in one.scores.values())
    assert not any("secret" in text or "@" in text for one in found.wrong for text in (one.message, one.mend or ""))
    assert not any("secret" in name for name in [*found.unread, *found.numbers])
