"""What holds of tidying: it changes no meaning, twice is once, and what is called tidy at a glance is left as it is."""

from __future__ import annotations

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.chance import examples
from tests.properties.yaml_files import SOUP, files

from partnerkit.store.yaml.proof import same
from partnerkit.store.yaml.reader import read
from partnerkit.store.yaml.tidy import is_tidy, normalise, repair

COMMON = settings(max_examples=examples(100), deadline=None, suppress_health_check=list(HealthCheck))
ORDER = ("k", "history")


@given(files())
@COMMON
def test_formatting_twice_is_formatting_once(text):
    found, _ = read(text.encode(), "f")
    assume(found is not None)
    assert found is not None
    once = normalise(found, ORDER)
    again = read(once.encode(), "f")[0]
    assert again is not None
    assert same(again.data, found.data)
    assert normalise(again, ORDER) == once


@given(st.one_of(files(), SOUP), st.sampled_from(["", "\n", " \n", "history: []\n"]))
@COMMON
def test_what_is_tidy_at_a_glance_is_left_as_it_is(text, end):
    raw = (text + end).encode()
    found, _ = read(repair(raw), "f")
    left = found is not None and normalise(found, ORDER).encode() == raw
    assert left or not is_tidy(raw, ORDER)


def test_most_files_that_were_tidied_are_tidy_at_a_glance(few):
    records = sorted(few.glob("records/*/*.yaml"))
    assert sum(is_tidy(path.read_bytes()) for path in records) > len(records) / 2
