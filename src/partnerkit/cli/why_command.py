"""`partnerkit why`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from partnerkit.cli.arguments import Json
from partnerkit.cli.completion import complete_explained
from partnerkit.cli.declared import Argument, Commands
from partnerkit.cli.options import desk, emit
from partnerkit.errors import CannotWorkError, WrongCallError

if TYPE_CHECKING:
    from partnerkit.jobs.desk import Desk

app = Commands()


@app.command(
    epilog="Example: partnerkit why acme; partnerkit why stage-edited; partnerkit why '§3.2.2/legal-review'; "
    "partnerkit why due-diligence"
)
def why(
    words: Annotated[
        list[str],
        Argument(metavar="ID|CODE|CLAUSE|WORD", autocompletion=complete_explained, help="What to explain."),
    ],
    json: Json = False,
) -> None:
    """Why a record stands where it stands, what a finding's code means, or what implements a clause.

    What a word of a policy means, too: a requirement, a role, a stage, a rhythm, a figure, a variable, or the policy.
    """
    del json
    word = " ".join(words)
    from partnerkit.rules.codes import EXPLAINED

    if word in EXPLAINED:
        from partnerkit.reports import codes as report

        emit(report.as_page(word, EXPLAINED[word]), report.as_json(word, EXPLAINED[word]))
    elif "§" in word:
        _clause(word)
    else:
        _record(word, list(EXPLAINED))


def _record(word: str, codes: list[str]) -> None:
    from partnerkit.jobs.logged import log
    from partnerkit.jobs.named_record import source
    from partnerkit.reports import why as report
    from partnerkit.rules.grounds import grounds

    at = desk()
    try:
        found = log(at, word)
    except WrongCallError as error:
        _term(at, word, codes, error)
        return
    rests_on = grounds(found.record, found.register)
    page = report.why_page(found.record, source(found.register, found.record).policy, found.register, rests_on)
    emit(page, report.why_json(found.record, found.said, rests_on))


def _term(at: Desk, word: str, codes: list[str], no_record: WrongCallError) -> None:
    from partnerkit.kinds.problems import did_you_mean
    from partnerkit.reports import terms as report
    from partnerkit.rules.terms import known_terms, terms

    register = at.working_tree().demand()
    found = terms(register, word, at.today(register))
    if not found:
        near = did_you_mean(word, [*codes, *known_terms(register)])
        message = f"{no_record.message}; nor does a finding's code or a word of a policy read {word!r}{near}"
        raise WrongCallError(message, no_record.mend) from no_record
    emit(report.as_page(found), report.as_json(found))


def _clause(word: str) -> None:
    from partnerkit.jobs import policies as jobs
    from partnerkit.policies.citing import citations
    from partnerkit.reports import policies as report

    name, _, clause = word.partition("§")
    clause = f"§{clause}"
    try:
        found = jobs.with_clause(desk(), name.strip() or None, clause)
    except CannotWorkError:  # no register: the packs are everywhere
        found = jobs.with_clause(None, name.strip() or None, clause)
    by = [one.source for one in citations(found.policy) if one.clause == clause]
    data = {"schema": "partnerkit.why/1", "policy": found.policy.policy, "clause": clause, "by": by}
    emit(report.clause_page(found.policy, clause), data)
