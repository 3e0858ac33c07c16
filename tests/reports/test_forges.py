"""Findings as GitHub, GitLab and SARIF have them: how many, in which order, known again how, and inert."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft7Validator
from markdown_it import MarkdownIt

from partnerkit.findings import Finding, Severity
from partnerkit.reports.encode import as_json, terminal
from partnerkit.reports.github import as_commands
from partnerkit.reports.gitlab import as_report
from partnerkit.reports.markdown_findings import as_markdown
from partnerkit.reports.outcome import Outcome, of_check
from partnerkit.reports.sarif import as_log
from partnerkit.rules.commands import quoted
from tests.reports.workflow import obeyed

SARIF = Draft7Validator(json.loads((Path(__file__).parent / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")))

#: What GitLab's documentation asks of every item.
GITLAB = Draft7Validator({
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": r"^(?!\./|/)[^\\]+$"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
})  # fmt: skip

HOSTILE = [
    "::error file=a.py,line=1::forged",
    "a\n::error::forged",
    "a\r\n::warning title=x::forged",
    "##[error]forged",
    "x ##[set-output name=a;]forged",
    "###[group]forged",
    "100% %0A::error::forged %25 %3A %2C %0D",
    "a,title=forged,line=9::x",
    "<script>alert(1)</script><img src=x onerror=y><!-- -->",
    "[click](https://evil.example) ![i](https://evil.example/i.png) <https://evil.example>",
    "@everyone #12 GH-12 https://evil.example www.evil.example",
    "# heading\n## heading\n- item\n| a | b |\n|---|---|\n> quote",
    "```\n# out of the block\n````",
    "`a` ``b`` ~~~ **c** _d_",
    "a\u202eb\u2066c\u2069 \u200b \x1b[31mred\x07 \x00",
    "{0} {1} {{2}} {name}",
    "a;b]c",
    " ::error::forged",
]


def finding(number: int, severity: Severity = "error", **more: Any) -> Finding:
    file = f"records/partnerships/p{number:04}.yaml"
    return replace(Finding("stage-edited", f"number {number} is wrong", severity, file, 5, 8, f"p{number:04}"), **more)


def outcome(*findings: Finding, changed: tuple[str, ...] = ()) -> Outcome:
    return of_check(findings, "9 records", changed)


def prints(*findings: Finding) -> list[str]:
    return [one.fingerprint for one in outcome(*findings).found]


def test_a_step_has_no_more_annotations_than_are_shown_and_the_last_says_so() -> None:
    sorts: tuple[Severity, ...] = ("info", "warning", "error")
    every = [finding(number, severity) for severity in sorts for number in range(25)]

    said = as_commands(outcome(*every))

    commands = obeyed(said)
    assert [one.name for one in commands] == ["error"] * 10 + ["warning"] * 10 + ["notice"] * 10
    for start in (0, 10, 20):
        assert "(and 15 more: see the log and the summary of this step)" in commands[start + 9].data
        assert all("more:" not in one.data for one in commands[start : start + 9])
    rest = said.splitlines()[30:-1]
    assert len(rest) == 45
    assert {found for line in rest[:15] for found in re.findall(r"number \d+ is wrong", line)} == {
        f"number {number} is wrong" for number in range(10, 25)
    }
    assert said.splitlines()[-1] == "partnerkit check: 25 errors, 25 warnings in 9 records"


def test_ten_are_all_there_is_to_say() -> None:
    said = as_commands(outcome(*(finding(number) for number in range(10))))
    assert "more" not in said
    assert len(said.splitlines()) == 11


def test_what_the_change_touches_comes_before_what_stood_and_errors_before_warnings() -> None:
    mine = (finding(18).file or "", finding(19).file or "")
    every = [*(finding(number) for number in range(19)), finding(19, "warning"), finding(1, "warning", line=9)]

    told = [one.finding for one in outcome(*every, changed=mine).found]

    assert [one.record for one in told] == ["p0018", *(f"p{number:04}" for number in range(18)), "p0019", "p0001"]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_workflow_obeys_what_we_say_and_nothing_else(text: str) -> None:
    told = Finding("stage-edited", text, "error", f"records/{text}.yaml", 5, 8, None, text, text)
    many = [replace(told, line=line) for line in range(1, 15)]

    commands = obeyed(as_commands(outcome(*many)))

    assert len(commands) == 10
    shown = terminal(text)
    for line, one in enumerate(commands, 1):
        assert (one.name, one.properties) == (
            "error",
            {"file": f"records/{shown}.yaml", "line": str(line), "col": "8", "title": "stage-edited"},
        )
        more = " (and 4 more: see the log and the summary of this step)" if line == 10 else ""
        assert one.data == f"{shown} [{shown}]{more}\n→ {shown}"


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("pasted", [True, False], ids=["line", "words"])
def test_markdown_says_it_and_does_nothing(text: str, pasted: bool) -> None:
    mend = f"partnerkit show {quoted(text)}" if pasted else text
    told = Finding("stage-edited", text, "error", f"records/{text}.yaml", 5, 8, None, text, mend)

    said = as_markdown(of_check([told], text, []), [text])

    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(said)
    inner = [child.type for token in tokens for child in token.children or ()]
    kinds = [token.type for token in tokens] + inner
    assert not {"html_block", "html_inline", "link_open", "image", "table_open", "s_open"} & set(kinds)
    codes = [child.content for token in tokens for child in token.children or () if child.type == "code_inline"]
    assert "partnerkit why CODE" in codes  # others are what is copied: an address, a line in a mend
    assert (kinds.count("heading_open"), kinds.count("list_item_open")) == (3, 1)
    assert [token.content for token in tokens if token.type == "fence"] == ([f"{mend}\n"] if pasted else [])
    inline = [child for token in tokens for child in token.children or ()]
    outside = "".join(child.content for child in inline if child.type != "code_inline")
    for call in ("@everyone", "#12", "https://evil", "www.evil", "GH-12"):
        assert call not in outside
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x09\x0b-\x1f\x7f]", said)


@pytest.mark.parametrize("text", HOSTILE)
def test_reports_hold_it_as_text(text: str) -> None:
    told = Finding("stage-edited", text, "error", f"records/{text}.yaml", 5, 8, None, text, text)
    log, report = as_log(of_check([told], text, [])), as_report(of_check([told], text, []))

    SARIF.validate(log)
    GITLAB.validate(report)
    assert as_json([log, report]).isascii()
    (result,) = log["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert re.fullmatch(r"[\w/.~%-]+", place["uri"], re.ASCII)
    assert unquote(place["uri"]) == told.file
    message = result["message"]["text"]
    assert "](" not in message
    assert not re.search(r"[{}]", message.replace("{{", "").replace("}}", ""))
    for words in (message, report[0]["description"], *result["properties"].values()):
        assert not re.search("[\u202a-\u202e\u2066-\u2069\u200b\x00-\x09\x0b-\x1f\x7f]", words)


def test_findings_are_known_again_wherever_they_stand_and_however_they_are_worded() -> None:
    one = finding(1, part="approvals.a-1.by", entry="1f", clause="OPS-05-03 §3.2.3", statement="a-1")
    (known,) = prints(one)
    others = {"line": 77, "column": 1, "message": "other words", "mend": "other", "severity": "warning", "settled": "x"}
    for name, value in others.items():
        assert prints(replace(one, **{name: value})) == [known], name  # type: ignore[arg-type]  # one field after another, by name


@pytest.mark.parametrize("name", ["code", "record", "file", "part", "entry", "statement", "sealed", "clause", "commit"])
def test_findings_of_other_things_are_told_apart(name: str) -> None:
    assert prints(finding(1)) != prints(replace(finding(1), **{name: "other"}))  # type: ignore[arg-type]  # likewise


def test_none_hides_another() -> None:
    """GitLab shows of those with one fingerprint only one."""
    every = [*(finding(1, line=line) for line in range(1, 1001)), *(finding(number) for number in range(2, 1000))]
    assert len(set(prints(*every))) == len(every)


def test_fingerprints_do_not_hang_on_what_the_change_touches_nor_on_how_bad_others_are() -> None:
    every = [finding(1, line=1), finding(2, "warning"), finding(1, "warning", line=9), finding(3)]
    apart = {(one.finding, one.fingerprint) for one in outcome(*every).found}
    changed = (finding(2).file or "", finding(3).file or "")
    assert {(one.finding, one.fingerprint) for one in outcome(*every, changed=changed).found} == apart


@pytest.mark.parametrize("file", [None, "/srv/people/kept.yaml", "../people/kept.yaml", "~/people", "private/"])
def test_what_is_about_no_file_of_the_repository_has_a_place_all_the_same(file: str | None) -> None:
    told = outcome(Finding("private-absent", "it is not there", file=file, line=7))

    (item,) = as_report(told)
    (result,) = as_log(told)["runs"][0]["results"]

    assert item["location"] == {"path": "records/register.yaml", "lines": {"begin": 1}}
    place = result["locations"][0]["physicalLocation"]
    assert place == {"artifactLocation": {"uri": "records/register.yaml", "uriBaseId": "%SRCROOT%"}}
    assert result["partialFingerprints"]["primaryLocationLineHash"] == item["fingerprint"]


def test_a_rule_explains_itself_and_names_its_clauses() -> None:
    told = outcome(
        finding(1, clause="OPS-05-03 §3.2.2/legal-review"),
        finding(2, "warning", clause="OPS-05-03 §3.2.1/due-diligence"),
        finding(3, "info", code="advice", line=None, column=None),
    )
    (run,) = as_log(told)["runs"]
    advice, edited = run["tool"]["driver"]["rules"]
    assert (advice["id"], edited["id"]) == ("advice", "stage-edited")
    assert edited["properties"]["clauses"] == ["OPS-05-03 §3.2.1/due-diligence", "OPS-05-03 §3.2.2/legal-review"]
    assert "OPS-05-03 §3.2.2/legal-review" in edited["help"]["text"]
    assert "partnerkit why stage-edited" in edited["help"]["markdown"]
    assert advice["shortDescription"]["text"] == "The policy asks for it without demanding it: nothing is refused."
    assert [(one["level"], one["ruleIndex"]) for one in run["results"]] == [("error", 1), ("warning", 1), ("note", 0)]
    assert "region" not in run["results"][2]["locations"][0]["physicalLocation"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["region"] == {"startLine": 5, "startColumn": 8}
    assert [one["partialFingerprints"].keys() for one in run["results"]] == [
        {"partnerkit/v1"},
        {"partnerkit/v1"},
        {"partnerkit/v1", "primaryLocationLineHash"},
    ]
    assert run["automationDetails"]["id"] == "partnerkit/check/"


def test_five_thousand_results_are_the_worst_and_it_says_what_is_left_out() -> None:
    every = [finding(number, "warning") for number in range(5003)]
    every[5001:] = [finding(5001), finding(5002)]

    log = as_log(outcome(*every))

    (run,) = log["runs"]
    SARIF.validate({**log, "runs": [{**run, "results": run["results"][:3]}]})
    assert len(run["results"]) == 5000
    assert [one["level"] for one in run["results"][:3]] == ["error", "error", "warning"]
    assert run["properties"]["leftOut"] == 3
    (notice,) = run["invocations"][0]["toolExecutionNotifications"]
    assert notice["message"]["text"].startswith("3 of 5003 findings are not in this file")


@pytest.mark.parametrize("count", [1, 300, 5000])
def test_markdown_fits_into_a_comment_and_says_how_many_more(count: int) -> None:
    every = [finding(number, mend="partnerkit check " + "\u00e4`" * 40) for number in range(count)]

    said = as_markdown(outcome(*every), ["and a note"])

    assert len(said.encode()) < 60_000
    shown = said.count("is wrong")
    more = re.search(r"… and (\d+) more: partnerkit check --json has all", said)
    assert shown + (int(more[1]) if more else 0) == count
    assert (more is None) == (count == 1)
    assert said.endswith("\n\nand a note\n")


def test_a_long_text_hides_no_other_finding() -> None:
    said = as_markdown(outcome(finding(1, message="x" * 90_000), finding(2)))
    assert "number 2 is wrong" in said
    assert len(said) < 60_000
