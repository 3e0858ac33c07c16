"""`partnerkit new`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args, get_origin

from partnerkit.cli.arguments import DryRun, Json, NoVerify, Reason, Where
from partnerkit.cli.completion import complete_kinds, every_stage
from partnerkit.cli.declared import Argument, Commands, Option
from partnerkit.cli.options import ask, day, desk, emit_landed, interactive
from partnerkit.dataclass import replace
from partnerkit.errors import WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.wanted import Wanted
    from partnerkit.kinds.record import Record

app = Commands()


@app.command(epilog='Example: partnerkit new partnership "Northwind Cloud Cooperative" type=cloud-providers')
def new(
    kind: Annotated[str, Argument(metavar="KIND", autocompletion=complete_kinds, help="partnership, agreement, …")],
    words: Annotated[list[str] | None, Argument(metavar="[NAME] [key=value…]", help="Its name, and fields.")] = None,
    where: Where = None,
    from_: Annotated[str | None, Option("--from", metavar="CSV", help="One record for each row: name, fields.")] = None,
    period: Annotated[
        str | None,
        Option(
            "--month", "--period", metavar="PERIOD", help="A review of 2026-11, 2026-Q4 or 2026: prefilled, for many."
        ),
    ] = None,
    adopt: Annotated[
        str | None,
        Option(
            metavar="STAGE",
            autocompletion=every_stage,
            help="Take it in as it already stands: recorded as never judged.",
        ),
    ] = None,
    since: Annotated[str | None, Option(metavar="DATE", help="adopt: since when it stands there.")] = None,
    reason: Reason = None,
    dry_run: DryRun = False,
    no_verify: NoVerify = False,
    json: Json = False,
) -> None:
    """Make a record in its first stage.

    The id comes from the name (or id=…). With --where, one is made for every record that fits; with --adopt, a
    record older than the register is taken in where it stands, which stays visible for ever.
    """
    del json
    from partnerkit.jobs.new import Adoption
    from partnerkit.jobs.new import new as job
    from partnerkit.jobs.periods import period as spoken
    from partnerkit.rules.commands import line

    adoption = None
    if adopt is not None:
        started = day(since)
        if started is None or not reason:
            raise WrongCallError(
                "--adopt needs --since and --reason", "say since when it stands there, and why it was not judged"
            )
        adoption = Adoption(adopt, started, reason)
    elif since:
        raise WrongCallError("--since goes with --adopt")
    over = spoken(period) if period else None
    if from_ and where:
        raise WrongCallError("make them for the records of --where, or row by row of a sheet: not both")
    typed = _typed(kind, words or [], asks=over is None and not from_, fields=not where)
    wanted = _of_sheet(typed, from_) if from_ else [typed]
    work = desk(dry_run=dry_run, verify=not no_verify)
    landed = job(work, kind, wanted, where or [], adoption, over)
    records: list[Any] = landed.result or []
    emit_landed("new", landed, records, line("gates", records[0].id) if len(records) == 1 else None, work)


def _of_sheet(typed: Wanted, path: str) -> list[Wanted]:
    """What is wanted row by row; what a row says goes before what was typed for all of them."""
    from partnerkit.jobs.chosen import rows

    found = []
    for place, cells, _columns in rows(path):
        values = {**typed.values, **cells}
        name = values.pop("name", None) or values.pop("title", None) or typed.name
        found.append(replace(typed, name=name, values=values, row=place))
    return found


def _typed(kind: str, words: list[str], *, asks: bool, fields: bool) -> Wanted:
    """What is typed, and what somebody at a terminal answers: the name, and fields that it cannot do without."""
    from partnerkit.jobs.values import is_pair, pairs
    from partnerkit.jobs.wanted import Wanted
    from partnerkit.kinds.catalogue import KINDS

    name = words[0] if words and not is_pair(words[0]) else None
    values = pairs(words[1:] if name is not None else words)
    named_by = {"name", "title", *(KINDS[kind].continues if kind in KINDS else ())}
    if name is None and not (named_by & set(values)) and asks and interactive():
        name = ask(f"Name of the {kind}")
    if asks and fields and kind in KINDS and not (set(KINDS[kind].continues) & set(values)) and interactive():
        values |= _asked(KINDS[kind], values)
    return Wanted(name, values)


def _asked(model: type[Record], given: Mapping[str, str]) -> dict[str, str]:
    """What a record of a kind cannot do without, and nobody has typed: asked for line by line."""
    from partnerkit.kinds.record import FIXED

    known = {*FIXED, *given, model.named_by}
    answers: dict[str, str] = {}
    for name, info in model.model_fields.items():
        key, sort = info.alias or name, get_origin(info.annotation)
        if info.is_required() and key not in known and sort is not list:
            words = get_args(info.annotation) if sort is Literal else (info.examples or [])[:1]
            such = f" ({' or '.join(map(str, words))})" if words else ""
            answers[key] = ask(f"{key}{such}", (info.description or "").rstrip("."))
    return answers
