"""A document as text, what is known of it, and whether it and its record have parted."""

from __future__ import annotations

from typing import Any, Literal

from partnerkit.dataclass import dataclass
from partnerkit.findings import Finding
from partnerkit.kinds.classified import Classification

#: Who is called by name: nobody, those who agreed to it, or everybody whom the private place knows.
Naming = Literal["ids", "agreed", "all"]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which document of which record, and before whom.

    Attributes:
        what: the document.
        record: the record's id.
        level: the strictest classification that its readers may see.
        naming: who is called by name in it.
        as_of: the day at whose end, or the commit in which, it is read; None for now.
        fonts: a folder of fonts for letters that those brought along lack, in formats that carry their fonts.
        to_be_signed: whether it is the text that parties sign, whose lines for them are empty whoever signed.
    """

    what: str
    record: str
    level: Classification
    naming: Naming = "agreed"
    as_of: str | None = None
    fonts: str | None = None
    to_be_signed: bool = False


@dataclass(frozen=True, slots=True)
class Composed:
    """A document as text.

    Attributes:
        asked: what was asked for.
        policy: the policy that governs the record.
        title: what it is called, and of what.
        text: the Markdown, as it is when nothing is a draft any more.
        unsettled: why it is a draft still; None where it is none.
        missing: the blanks in it.
        withheld: the fields that it would show and that were kept from it.
        unnamed: whom it calls by their ids.
        nameless: of those, of whom no name is known on this machine.
        private_here: whether the private place, which holds names, is on this machine.
        findings: what is wrong with names in it.
        template: the file of the register that it was made from; None where the shipped one was.
        source: the template itself.
        letterhead: what documents for word processors are written upon, where the register has it.
    """

    asked: Asked
    policy: str
    title: str
    text: str
    unsettled: str | None
    missing: list[str]
    withheld: list[str]
    unnamed: list[str]
    nameless: list[str]
    private_here: bool
    findings: list[Finding]
    template: str | None
    source: str
    letterhead: bytes | None

    @property
    def draft(self) -> bool:
        """Whether it is a draft still."""
        return self.unsettled is not None


@dataclass(frozen=True, slots=True)
class Origins:
    """The digests of what a document is made of.

    Attributes:
        text: of its text.
        template: of the template; None where nothing was noted of it.
        letterhead: of what it is written upon; None where it is written upon nothing.
    """

    text: str
    template: str | None
    letterhead: str | None


@dataclass(frozen=True, slots=True)
class Noted:
    """What a record says of a document that was made of it.

    Attributes:
        said: the evidence.
        what: the document.
        format: its format.
        level: the strictest classification that its readers may see.
        origins: the digests of what it was made of.
    """

    said: dict[str, Any]
    what: str
    format: str
    level: str
    origins: Origins

    @property
    def bytes(self) -> str:
        """The digest of the bytes."""
        return str(self.said.get("digest"))


@dataclass(frozen=True, slots=True)
class Parted:
    """What came of holding a document against its record.

    Attributes:
        asked: the document.
        format: in which format.
        said: what the record says of it; None where it says nothing and a file is held against today.
        file: the digest of the file that was given, if one was.
        today: the digest of what would be made today.
        origins: the digests of what that would be made of.
        changed: the fields that the record says otherwise since.
        recorded_as: the formats in which it is recorded.
        file_is: what the file is: `recorded`, `today`, `other`; None where none was given.
    """

    asked: Asked
    format: str
    said: Noted | None
    file: str | None
    today: str
    origins: Origins
    changed: list[str]
    file_is: str | None

    recorded_as: list[str]

    @property
    def text_same(self) -> bool:
        """Whether the record still says what the document says, whichever program makes its bytes today."""
        return self.said is None or self.said.origins.text == self.origins.text

    @property
    def template_same(self) -> bool:
        """Whether it would be made from the template from which it was made, as far as that was noted."""
        noted = self.said.origins.template if self.said is not None else None
        return noted in {None, self.origins.template}

    @property
    def letterhead_same(self) -> bool:
        """Whether it would be written upon what it was written upon, as far as that was noted."""
        noted = self.said.origins if self.said is not None else self.origins
        return noted.template is None or noted.letterhead == self.origins.letterhead

    @property
    def parts(self) -> list[str]:
        """Which parts are not as they were recorded."""
        same = {
            "text": self.text_same,
            "record": not self.changed,
            "template": self.template_same,
            "letterhead": self.letterhead_same,
        }
        return [part for part, is_same in same.items() if not is_same]

    @property
    def same(self) -> bool:
        """Whether nothing has parted that a reader of the document would see."""
        return self.text_same and self.letterhead_same and self.file_is != "other"


#: Where a paper that was not made here lies: in the register as recorded, changed there, gone from it, or outside.
Lies = Literal["here", "changed", "gone", "elsewhere"]


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of looking for the paper that parties sign, where that was not made here.

    Attributes:
        asked: the document in whose place it stands.
        said: the evidence.
        signed: whether it binds somebody.
        lies: where it lies.
        file: the digest of the file that was given, if one was.
    """

    asked: Asked
    said: dict[str, Any]
    signed: bool
    lies: Lies
    file: str | None

    @property
    def is_it(self) -> bool | None:
        """Whether the file that was given is the paper; None where none was given."""
        return None if self.file is None else self.file == self.said.get("digest")

    @property
    def same(self) -> bool:
        """Whether the paper is there: the file is it or, where none was given, nothing happened to it here."""
        return self.lies in {"here", "elsewhere"} if self.is_it is None else self.is_it
