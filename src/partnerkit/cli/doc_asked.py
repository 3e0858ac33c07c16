"""What `partnerkit doc` was asked for: which document, before whom, in which format; and whether it goes together."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.documents.composed import Asked, Naming


def demand_fitting(*wrong: tuple[object, str]) -> None:
    """Whether what was asked for goes together.

    Raises:
        WrongCallError: it does not.
    """
    for is_wrong, why in wrong:
        if is_wrong:
            raise WrongCallError(why)


def asked_for(
    what: str, record_id: str, classification: str | None, as_of: str | None, fonts: Path | None, *, names: bool
) -> Asked:
    """What was asked for.

    Raises:
        WrongCallError: there is no such classification, or no font in the folder.
    """
    from partnerkit.documents.composed import Asked
    from partnerkit.jobs.fonts import demand_fonts
    from partnerkit.jobs.seeing import level_of

    if fonts is not None:
        demand_fonts(fonts)
    naming: Naming = "all" if names else "agreed"
    return Asked(what, record_id, level_of(classification), naming, as_of, str(fonts) if fonts is not None else None)


def format_of(word: str | None, out: Path | None) -> str:
    """The format that is asked for, in a word or by how the file is called.

    Raises:
        WrongCallError: there is none of that name, or nothing says which.
    """
    from partnerkit.kinds.problems import did_you_mean
    from partnerkit.reports.documents import FORMATS

    found = word or (out.suffix.removeprefix(".").lower() if out is not None else "md")
    if not found:
        raise WrongCallError(f"{out} does not say in which format", f"--format with one of {', '.join(FORMATS)}")
    if found not in FORMATS:
        near = did_you_mean(found, FORMATS)
        raise WrongCallError(f"there is no format {found!r}{near}", f"--format with one of {', '.join(FORMATS)}")
    return found
