"""Words that are looked for: what is found whatever way it is written, and laws that hold whatever anybody writes."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from partnerkit.kinds.wording import BARRIER, marks, query, reading

#: Texts of all sorts: any Unicode, and more often what makes trouble.
TRICKY = st.sampled_from([*"aAbß-‐'’ .|\"“ſﬁæŁİıΣςé北京ไทยक\u0301\u00ad\u200d½²", "co-op", "Ångström", BARRIER])
TEXTS = st.lists(st.one_of(TRICKY, st.text(max_size=4)), max_size=12).map("".join)
WORDS = TEXTS.filter(lambda text: bool(reading(text).split.strip()))


def found(words: str, text: str) -> bool:
    return query([words]).fits(reading(text))


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("cloud", "Northwind Cloud Cooperative"),
        ("CLOU", "a cloud"),
        ("cafe", "Repair Café"),
        ("café", "Repair Cafe"),
        ("cafe", "Cafe\u0301"),
        ("strasse", "Lange Straße 3"),
        ("Straße", "LANGE STRASSE"),
        ("oeuvre", "une œuvre"),
        ("lodz", "Łódź"),
        ("encyclopaedia", "Encyclopædia"),
        ("office", "the of\ufb01ce"),
        ("cooperative", "a co-operative bank"),
        ("co-operative", "a cooperative bank"),
        ("co-operative", "a co operative bank"),
        ("operative", "a co-operative bank"),
        ("ecole", "l’École du soir"),
        ("dont", "they don't"),
        ('"cloud cooperative"', "Northwind Cloud-Cooperative"),
        ('"cloud coop"', "Northwind Cloud Cooperative"),
        ("“cloud cooperative”", "Northwind Cloud Cooperative"),
        ('"bank cloud', "bank cloud"),
        ("p-rosa", "by p-rosa"),
        ("2026-03", "on 2026-03-14"),
        ("lighthouse.example", "mail rosa@lighthouse.example"),
        ("京", "北京大学"),
        ("rosa cloud", "Cloud of Rosa"),
        ("cloud -rain", "cloud and sun"),
        ('cloud -"heavy rain"', "cloud, rain, heavy"),
        ("-rain", "sun"),
        ("½", "about 1/2 of it"),
    ],
)
def test_what_is_found(words: str, text: str) -> None:
    assert found(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("loud", "Northwind Cloud"),
        ("clouds", "a cloud"),
        ("cloud rain", "a cloud"),
        ('"cooperative cloud"', "Cloud Cooperative"),
        ("cloud -coop", "Cloud Cooperative"),
        ('-"cloud coop"', "Cloud Cooperative"),
        ("inform", "in formal words"),
        ('"one two"', f"one{BARRIER}two"),
        ("大京", "北京大学"),
    ],
)
def test_what_is_not(words: str, text: str) -> None:
    assert not found(words, text)


@pytest.mark.parametrize("words", ["", "   ", "-", "!!", '""', "🎈", "cloud …", "-!"])
def test_what_says_nothing_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"no letter and no digit|say what to look for"):
        query([words])


#: Words that are typed as they are, without what would make a phrase of them or bar them.
TYPED = WORDS.map(lambda text: "".join(char for char in text if char not in '"\u201c\u201d\u201e').lstrip("- ")).filter(
    lambda text: all(reading(piece).split.strip() for piece in text.split()) and bool(text.split())
)


@given(st.lists(TYPED, min_size=1, max_size=4), st.randoms(use_true_random=False), TEXTS)
def test_the_order_of_the_words_does_not_matter(words, random, text) -> None:
    shuffled = list(words)
    random.shuffle(shuffled)
    one, other = query([f'"{word}"' for word in words]), query([f'"{word}"' for word in shuffled])
    assert set(one.wanted) == set(other.wanted)
    assert one.fits(reading(text)) == other.fits(reading(text))


@given(TEXTS, TYPED, TYPED)
def test_a_longer_query_never_finds_more(text, word, more) -> None:
    """Whatever is added must be found as well, or must not be there."""
    read = reading(text)
    for longer in ([word, more], [word, f'-"{more}"']):
        assert query([word]).fits(read) or not query(longer).fits(read)
    assert query([word, more]).fits(read) == (query([word]).fits(read) and query([more]).fits(read))


@given(TEXTS, WORDS, TEXTS)
def test_a_longer_word_never_finds_more(text, word, more) -> None:
    if reading(text).says(reading(word + more)):
        assume(BARRIER not in word + more)
        assert reading(text).says(reading(word))


@given(TEXTS)
def test_every_text_says_itself_and_every_word_of_it(text) -> None:
    read = reading(text)
    assert read.says(read)
    for word in text.split():
        assert read.says(reading(word)) or not reading(word).split.strip() or BARRIER in word


@given(TEXTS)
def test_how_it_is_composed_and_in_which_case_does_not_matter(text) -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert reading(unicodedata.normalize(form, text)) == reading(text)
    assert reading(text.casefold()) == reading(text)


@given(TEXTS)
def test_what_is_read_is_read_again_as_it_is(text) -> None:
    assume(BARRIER not in text)
    for way in reading(text):
        assert reading(way).split == way


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=3))
def test_a_text_that_says_words_shows_where(text, words) -> None:
    """Where it says one there is a mark, and what is marked says one; marks are in order and apart."""
    terms = [reading(word) for word in words]
    read, places = reading(text), marks(text, terms)
    assert bool(places) == any(read.says(term) for term in terms)
    ends = [end for pair in places for end in pair]
    assert ends == sorted(set(ends))
    for start, end in places:
        assert 0 <= start < end <= len(text)
        assert any(reading(text[start:end]).says(term) for term in terms)


def test_a_mark_takes_the_accent_along() -> None:
    text = "Cafe\u0301 Nord"
    assert marks(text, [reading("café")]) == [(0, 5)]
