"""Who is behind an id, kept in the private place: what the tests about it share. All invented."""

from __future__ import annotations

from tests.place import Place, Said

PERSON, NAME, ALIAS = "p-ada", "Robin Öberg", "Binchen"
EMAIL, PHONE = "robin@home.example", "+49 30 1234567"
SAYS = (NAME, "berg", ALIAS, EMAIL, "robin@", "1234567")
WHO = (PERSON, NAME, "--email", EMAIL, "--alias", ALIAS, "--contact", f"phone={PHONE}")


def typed(place: Place, text: str) -> Said:
    """Somebody types a text into the application of a mentor who has just applied."""
    if not (place.root / "records" / "applications" / "mentor-new.yaml").exists():
        words = ("applicant=p-new", "as=mentor", "applied=2026-03-01")
        place.do("new", "application", "Mentor", "id=mentor-new", *words)
    return place.do("add", "mentor-new", "motivation-statement", f"summary={text}")


def contacts(place: Place) -> str:
    return (place.root / "private" / "contacts.yaml").read_text(encoding="utf-8")


def findings(place: Place, code: str, *words: str) -> list[dict[str, object]]:
    return [one for one in place.findings(*words) if one["code"] == code]


def without_names(text: str) -> None:
    assert [one for one in SAYS if one.casefold() in text.casefold()] == []
