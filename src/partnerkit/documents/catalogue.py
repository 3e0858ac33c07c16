"""The documents that can be made, by the word that asks for each."""

from __future__ import annotations

from partnerkit.tuples import NamedTuple


class Document(NamedTuple):
    """One sort of document.

    Attributes:
        title: what it is called.
        kinds: the kinds of records of which it is made.
        about: what it is, in a sentence.
        outward: whether others read it, so that names which the policy knows are looked at.
        signed: whether parties sign it: until all have, it is a draft.
    """

    title: str
    kinds: tuple[str, ...]
    about: str
    outward: bool = False
    signed: bool = False


#: The formats in which they can be made.
FORMATS = ("md", "html", "docx", "pdf")

DOCUMENTS: dict[str, Document] = {
    "agreement": Document("Agreement", ("agreement",), "The text of an agreement, to be signed.", signed=True),
    "mentorship-agreement": Document(
        "Mentorship agreement", ("pairing",), "What the people of a pairing agree on, to be signed.", signed=True
    ),
    "decision": Document(
        "Decision letter",
        ("partnership", "agreement", "application", "pairing", "review", "risk", "case"),
        "The latest decision on a record: by whom, by which clauses, what was missing, how to have it looked at again.",
    ),
    "termination": Document(
        "Termination",
        ("partnership", "pairing"),
        "What ends, by what, when notice was given, on which day it takes effect.",
    ),
    "announcement": Document(
        "Announcement", ("partnership",), "A draft of what is told to others, names looked at.", outward=True
    ),
    "thanks": Document("Letter of thanks", ("partnership", "pairing"), "Thanks for what was done.", outward=True),
    "certificate": Document(
        "Certificate of taking part", ("pairing",), "That somebody took part in a mentorship that was completed."
    ),
}
