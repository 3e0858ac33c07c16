"""What can be done to a step past the commands, to be judged by whoever judges."""

from __future__ import annotations

from collections.abc import Callable

from tests.properties.alter_courses import and_back, begun, onward, twice
from tests.properties.alter_demands import rebound, replaced
from tests.properties.alter_expunged import expunged
from tests.properties.alter_lines import gated, happened, lengthened, logged, meanwhile, mentioned
from tests.properties.alter_records import (
    adopt,
    classify,
    deleted,
    entries_swapped,
    entry_again,
    entry_gone,
    entry_time,
    entry_word,
    field,
    field_gone,
    half,
    identity,
    landing,
    move,
    seal_word,
    spoken_of,
    stage,
    tombstone,
    undo,
    words,
)
from tests.properties.alter_rules import demand, migrate, roster, settings, variable, wording
from tests.properties.alter_settled import correct, moved_and_voided, put_back, void
from tests.properties.alter_statements import (
    copied,
    decide,
    show,
    statement_gone,
    statement_word,
    waive,
    withdraw,
)
from tests.properties.forging import Draft

Change = Callable[[Draft], None]

GENTLE: list[Change] = [
    words, spoken_of, show, show, decide, wording, withdraw, move, move, undo, landing, settings, onward, onward, onward,
    twice, and_back, begun, replaced, replaced, logged, happened, mentioned, lengthened, void, correct, put_back,
    expunged, expunged,
]  # fmt: skip  # short words, several to a line
HARSH: list[Change] = [
    field, field, field_gone, identity, stage, move, undo, tombstone, adopt, entry_word, entry_time, entry_gone,
    entries_swapped, entry_again, statement_word, statement_word, statement_gone, withdraw, decide, show, waive, copied,
    deleted, half, roster, roster, settings, variable, demand, demand, demand, landing, seal_word, seal_word, migrate,
    onward, onward, twice, and_back, and_back, and_back, begun,
    replaced, replaced, replaced, replaced, replaced, replaced, rebound, rebound, classify, classify,
    logged, logged, happened, mentioned, mentioned, mentioned, mentioned, gated, gated, meanwhile, meanwhile,
    lengthened, lengthened, lengthened, void, moved_and_voided, moved_and_voided, correct, put_back, put_back,
    expunged, expunged, expunged,
]  # fmt: skip  # short words, several to a line
