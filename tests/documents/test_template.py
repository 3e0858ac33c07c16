"""Templates say what is wrong with them and where; they run nothing, read nothing but values, and end."""

from __future__ import annotations

import time
from typing import Any

import pytest

from partnerkit.documents.bounds import LARGEST
from partnerkit.documents.catalogue import DOCUMENTS
from partnerkit.documents.marks import Blank, Withheld
from partnerkit.documents.sense import SAYS, SHAPES
from partnerkit.documents.shape import ANY, Each, Has, texts
from partnerkit.documents.template import LONGEST, TemplateBrokenError, fill, wrong_with
from partnerkit.store.documents import shipped

SHAPE = Has({"name": None, "items": Each(texts("text")), "fields": ANY})
VALUES: dict[str, Any] = {
    "name": "Acme",
    "items": [{"text": "one"}, {"text": "two"}],
    "fields": {"items": "said", "tags": ["a", "b"]},
}


def wrong(source: str) -> tuple[int, str]:
    [found] = wrong_with(source, SHAPE)
    return found.line, found.why


def broken(source: str, **values: Any) -> str:
    with pytest.raises(TemplateBrokenError) as error:
        fill(source, VALUES | values)
    return f"{error.value.wrong.line}: {error.value.wrong.why}"


def test_what_is_shipped_is_right_and_complete() -> None:
    assert DOCUMENTS.keys() == SHAPES.keys() == SAYS.keys()
    assert [(what, wrong_with(shipped(what), SHAPES[what])) for what in DOCUMENTS] == [(what, []) for what in DOCUMENTS]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ name }}", "Acme"),
        ("{{ fields.items }}", "said"),
        ("{% for one in items %}{{ loop.index }}{{ one.text }};{% endfor %}", "1one;2two;"),
        ("{{ fields.tags|join }}", "a, b"),
        ("{{ (items|first).text }}{{ items[1].text }}{{ items|length }}", "onetwo2"),
        ("{% set who = name %}{{ who|upper }}{{ who|lower }}", "ACMEacme"),
        ("{{ '2026-04-01'|day }}", "1 April 2026"),
        ("{{ 'soon'|day }}", "soon"),
        ("{{ 'a' if name in ['Acme', 'B'] else 'b' }}", "a"),
        ("{{ '*' }}", "\\*"),
        ("{% for one in [] %}x{% else %}none{% endfor %}", "none"),
    ],
)
def test_what_a_template_can_say(source: str, text: str) -> None:
    assert fill(source, VALUES).text == text


@pytest.mark.parametrize(
    ("source", "line", "why"),
    [
        ("\n\n{{ nme }}", 3, "there is no 'nme' here; did you mean name?"),
        ("{{ name.first }}", 1, "'first' is asked of what is a text, and has no parts"),
        ("{{ items.text }}", 1, "'text' is asked of what is a list: go through it with `for`"),
        ("{% for one in items %}\n{{ one.txt }}{% endfor %}", 2, "there is no 'txt' here; did you mean text?"),
        ("{% for one in name %}{% endfor %}", 1, "`for` goes through a list, and this is none"),
        ("{% if name %}\n{{ x1 }}{% endif %}", 2, "there is no 'x1' here"),
        ("{% if name %}{% else %}\n{{ x1 }}{% endif %}", 2, "there is no 'x1' here"),
        ("{{ name", 1, "unexpected end of template, expected 'end of print statement'"),
        ("a\n{{ name|nosuch }}", 2, "there is no filter 'nosuch'"),
        ("{{ name is divisibleby 3 }}", 1, "there is no test 'divisibleby'"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(source: str, line: int, why: str) -> None:
    found = wrong(source)
    assert found[0] == line
    assert found[1].startswith(why)


@pytest.mark.parametrize(
    "source",
    [
        "{{ name.__class__ }}",
        "{{ ''.join }}",
        "{{ name.upper() }}",
        "{{ cycler('a') }}",
        "{{ range(10) }}",
        "{{ name * 1000000000 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ name + name }}",
        "{{ name ~ name }}",
        "{{ name|safe }}",
        "{{ name|attr('x') }}",
        "{{ items|map(attribute='text') }}",
        "{% macro a() %}{{ a() }}{% endmacro %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% extends 'x' %}",
        "{% for a in items recursive %}{{ loop(items) }}{% endfor %}",
        "{% for a in items if a.text %}{% endfor %}",
        "{% set x %}{{ name }}{% endset %}",
        "{% filter upper %}{% endfilter %}",
        "{{ name|_round }}",
        "{{ self }}",
        "{{ name[:2] }}",
        "{{ fields|first|_round }}",
    ],
)
def test_nothing_but_values_can_be_asked_for(source: str) -> None:
    assert wrong_with(source, SHAPE)
    with pytest.raises(TemplateBrokenError):
        fill(source, VALUES)


@pytest.mark.parametrize(
    "reads", ["fields.__class__", "fields.keys", "fields.tags.append", "loop", "fields['__init__']"]
)
def test_no_attribute_of_an_object_is_read(reads: str) -> None:
    with pytest.raises(TemplateBrokenError):
        fill(f"{{% for a in items %}}{{{{ {reads} }}}}{{% endfor %}}", VALUES)


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (
            "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}",
            "go round more",
        ),
        (
            "{% for a in text %}{% endfor %}",
            "`for` goes through a list, and this is none",
        ),
        ("{% for a in many %}{{ text }}{% endfor %}", "it makes more than"),
        ("{% for a in many %}{{ many|join(text) }}{% endfor %}", "it makes more than"),
        ("x" * (LONGEST + 1), "it is longer than"),
        ("{% if name %}" * 1500 + "{% endif %}" * 1500, "nested too deeply"),
        ("{{ " + "(" * 3000 + "name" + ")" * 3000 + " }}", "nested too deeply"),
        ("{{ name" + "|day" * 15000 + " }}", "nested too deeply"),
        ("\n{{ items }}", "2: this is a list or has parts"),
    ],
)
def test_a_template_that_does_not_end_is_stopped(source: str, why: str) -> None:
    assert why in broken(source, many=["x"] * 1000, text="y" * 2000)


NESTED = "{% set a = items %}" + "{% for a in [[a, a]] %}" * 12
LONG = "{% for x in many %}" + ("{{ name" + "|upper" * 90 + " }}") * 70 + "{% endfor %}"
IDLE = "{% for x in many %}{% for y in many %}" + "{% if x %}{% endif %}" * 2500 + "{% endfor %}{% endfor %}"


@pytest.mark.parametrize(
    ("source", "why"),
    [
        (NESTED + "{{ a|join }}" + "{% endfor %}" * 12, "take texts, and this has parts"),
        (NESTED + "{% if a == a %}{% endif %}" + "{% endfor %}" * 12, "texts and numbers are compared"),
        (NESTED + "{% if name in a %}{% endif %}" + "{% endfor %}" * 12, "texts and numbers are compared"),
        (LONG, "it takes more than"),
        (IDLE, "it takes more than"),
        ("{% for x in many %}{% if text == text %}{% endif %}{% endfor %}", "it takes more than"),
    ],
)
def test_little_text_cannot_ask_for_much_work(source: str, why: str) -> None:
    started = time.monotonic()
    assert why in broken(source, many=["x"] * 1000, text="y" * 200_000)
    assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("{% for x in 5 %}a{% endfor %}", "`for` goes through a list, and this is none"),
        ("{% for x in name %}a{% endfor %}", "`for` goes through a list, and this is none"),
        ("{% for a in self %}x{% endfor %}", "`for` goes through a list, and this is none"),
        ('{% if 1 < "a" %}a{% endif %}', "which of a text and a number is less"),
        ("{{ [items]|join }}", "take texts, and this has parts"),
        ("{{ items|blank }}", "take texts, and this has parts"),
        ('{{ ["a"]|join(", ", name) }}', "the filter join takes one text"),
        ('{{ ["a"]|join(between=name) }}', "the filter join takes one text"),
        ("{{ name|day(1) }}", "the filter day takes nothing more"),
        ("{% set a, b = name %}", "give a value to one name"),
        ("{% for a, b in items %}x{% endfor %}", "give a value to one name"),
        ("{% set a = [name] %}", "makes no list"),
        ("{{ " + "9" * 5000 + " }}", "it asks of a value what cannot be done"),
        ("{{ items }}", "this is a list or has parts"),
    ],
)
def test_what_cannot_be_done_is_the_fault_of_the_template(source: str, why: str) -> None:
    """`check` and `doc` both say so, and neither fails."""
    assert why in broken(source)
    assert wrong_with(source, SHAPE)


@pytest.mark.parametrize("char", ["\x1b", "\u202e", "\u200b", "\x00"])
def test_what_steers_the_screen_is_no_text_of_a_template(char: str) -> None:
    assert f"2: it holds U+{ord(char):04X}" in broken(f"one\ntwo{char}")
    assert wrong(f"one\ntwo{char}")[0] == 2


def test_what_is_checked_before_it_is_filled_ends_too() -> None:
    for source in ("{% if name %}" * 1500 + "{% endif %}" * 1500, "{{ name" + "|day" * 15000 + " }}"):
        assert "nested too deeply" in wrong(source)[1]
    assert LARGEST > LONGEST


def test_blanks_and_what_is_withheld_are_shown_and_told() -> None:
    values = {"a": Blank("last day"), "b": Withheld("price"), "c": Blank("unread")}
    found = fill(
        "{{ a|day }} {{ b|upper }} {% if a %}never{% endif %}{{ 'name'|blank }}{% if b %}{{ c }}{% endif %}", values
    )
    assert (found.text, found.missing, found.withheld) == (
        "«last day» withheld «name»",
        ["last day", "name"],
        ["price"],
    )
