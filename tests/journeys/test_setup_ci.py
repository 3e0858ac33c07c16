"""What `setup ci` writes is run, step by step, in a clone as a forge makes it; what somebody changed is left alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from partnerkit import __version__
from partnerkit.reports.diff_markdown import MARKER
from tests.conftest import At
from tests.forge.runner import Runner
from tests.place import Place
from tests.sharing import cloned, shared
from tests.story import ACME

WORKFLOWS = ".github/workflows"
ELSEWHERE = f"git+https://forge.example:8443/tools/partnerkit.git@{'0b' * 20}"
TOKEN = {"github.token": "a-token"}

pytestmark = pytest.mark.skipif(shutil.which("jq") is None, reason="jq, which stands in for gh's own, is not here")


@pytest.fixture
def forge(at: At, tmp_path: Path) -> tuple[Place, Place, Callable[..., Runner]]:
    """A register with its workflows on a hub; a clone at its main branch; runners that work in that clone."""
    rosa = at("assessment")
    rosa.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    rosa.git("add", "-A")
    rosa.git("commit", "-qm", "workflows")
    hub = shared(rosa, tmp_path)
    work = cloned(hub, "work", "p-jonas", rosa.day)

    def runner(**means: str) -> Runner:
        named = {key.replace("__", "."): value for key, value in means.items()}
        return Runner(tmp_path / "runner", work.root, {**TOKEN, "vars.PARTNERKIT_TRUST_ROOT": "", **named})

    return rosa, work, runner


def _pull(rosa: Place, change: Callable[[], object], *, push: bool = True) -> tuple[str, str]:
    """A branch with a change, sent to the hub: where it began, and its head."""
    base = rosa.git("rev-parse", "HEAD").strip()
    rosa.git("checkout", "-qb", "topic")
    change()
    if rosa.git("status", "--porcelain"):
        rosa.git("commit", "-qam", "by hand")
    head = rosa.git("rev-parse", "HEAD").strip()
    if push:
        rosa.git("push", "-q", "origin", f"{head}:refs/pull/7/head")
    return base, head


def _ends(base: str, head: str) -> dict[str, str]:
    parts = {"base": base, "head": head}
    return {
        f"github.event.pull_request.{one}.sha || github.event.merge_group.{one}_sha": oid for one, oid in parts.items()
    }


def _workflow(work: Place, name: str) -> Path:
    return work.root / WORKFLOWS / f"partnerkit-{name}.yml"


def test_a_pull_request_is_judged_as_data(forge: tuple[Place, Place, Callable[..., Runner]]) -> None:
    rosa, work, runner = forge
    ends = _pull(rosa, lambda: rosa.edit(ACME, "stage: assessment", "stage: active"))
    before = work.snapshot()
    done = runner(**_ends(*ends)).run(_workflow(work, "pull-request"))
    by_name = {one.name: one for one in done}
    assert by_name["Fetch the head as data"].code == 0, by_name["Fetch the head as data"].out
    judged = by_name["Judge what the branch changes"]
    assert judged.code == 1, judged.out
    assert re.search(rf"^::error file=records/partnerships/{ACME}\.yaml,line=\d+", judged.out, re.MULTILINE)
    assert work.snapshot() == before  # nothing of the head is checked out


def test_a_pull_request_by_the_rules_passes(forge: tuple[Place, Place, Callable[..., Runner]]) -> None:
    rosa, work, runner = forge
    broken = rosa.root / "records" / "risks" / "broken.yaml"
    broken.parent.mkdir(exist_ok=True)
    broken.write_text("kind: risk\n", encoding="utf-8")  # of somebody else: the main branch's workflow says so
    rosa.git("add", "-A")
    rosa.git("commit", "-qm", "broken on the main branch")
    ends = _pull(rosa, lambda: rosa.do("set", ACME, "name=Acme again"))
    at_work = runner(**_ends(*ends))
    judged = next(one for one in at_work.run(_workflow(work, "pull-request")) if one.name.startswith("Judge"))
    assert judged.code == 0, judged.out
    assert at_work.installed == f"partnerkit=={__version__}"


@pytest.mark.parametrize(
    ("path", "code"),
    [("records/risks/forced.yaml", "id-differs"), ("records/odd/forced.yaml", "unknown-folder")],
)
def test_what_git_ignores_and_a_branch_forces_in_is_judged_with_it(place: Place, path: str, code: str) -> None:
    """`--changed`, which the workflow asks, knows files from git; those of a commit git ignores no more."""
    base = place.git("rev-parse", "HEAD").strip()
    (place.root / path).parent.mkdir(parents=True)
    (place.root / path).write_text("kind: risk\n", encoding="utf-8")
    (place.root / ".git/info/exclude").write_text("forced.yaml\n", encoding="utf-8")
    place.git("add", "-f", path)
    place.git("commit", "-qm", "forced")
    found = place.json("check", "--base", base, "--head", "HEAD", "--changed")["findings"]
    assert (code, path) in {(one["code"], one["file"]) for one in found}


def test_the_main_branch_is_judged_as_it_was_merged(forge: tuple[Place, Place, Callable[..., Runner]]) -> None:
    rosa, work, runner = forge
    at_work = runner()
    assert [one.code for one in at_work.run(_workflow(work, "main"))] == [0, 0, 0]
    assert "stage changes, every one by the rules" in at_work.summary
    another = runner(vars__PARTNERKIT_TRUST_ROOT=f"c1:{'0' * 64}").run(_workflow(work, "main"))
    assert [one.code for one in another] == [0, 0, 1], "a history with another beginning"
    rosa.edit(ACME, "stage: assessment", "stage: active")
    rosa.git("commit", "-qam", "by hand")
    rosa.git("push", "-q", "origin", "main")
    work.git("pull", "-q")
    done = runner().run(_workflow(work, "main"))
    assert done[-1].name.startswith("Prove"), "the audit runs though the check had found something"
    assert [one.code for one in done][1:] == [1, 1]


def test_one_issue_is_kept_up_to_date(forge: tuple[Place, Place, Callable[..., Runner]]) -> None:
    _rosa, work, runner = forge
    of_somebody = {"number": 1, "body": "<!-- partnerkit: what is due -->", "user": {"login": "mallory"}}
    at_work = runner()
    at_work.state["issues"].append(of_somebody)
    at_work.save()
    for _ in range(2):
        done = at_work.run(_workflow(work, "due"))
        assert [one.code for one in done] == [0, 0, 0], done
    first, ours = at_work.holds()["issues"]
    assert first == of_somebody
    assert ours["title"] == "What is due (partnerkit)"
    assert ours["body"].startswith("<!-- partnerkit: what is due -->\n")
    assert "· Lighthouse Community\n" in ours["body"]
    assert "`partnerkit policy gaps OPS-05-03`" in ours["body"]


def test_a_long_list_is_cut_where_an_issue_ends(
    forge: tuple[Place, Place, Callable[..., Runner]], tmp_path: Path
) -> None:
    _, work, runner = forge
    at_work = runner()
    at_work.program("partnerkit", "printf x; for n in $(seq 30000); do printf 'ü·'; done")  # byte 60,000 is half of one
    done = at_work.run(_workflow(work, "due"))
    assert [one.code for one in done] == [0, 0, 0], done
    (ours,) = at_work.holds()["issues"]
    assert len(ours["body"].encode()) < 65_536
    assert ours["body"].endswith("… there is more: `partnerkit today` says all of it.\n")
    assert "\ufffd" not in ours["body"]


def test_the_comment_is_on_the_pull_request_whose_head_was_judged(
    forge: tuple[Place, Place, Callable[..., Runner]],
) -> None:
    """The page itself is that of `partnerkit diff`; here it is a line, so that only the workflow is tried."""
    rosa, work, runner = forge
    base, head = _pull(rosa, lambda: rosa.do("set", ACME, "name=Acme again"))
    of_run = "github.event.workflow_run."
    meant = {f"{of_run}head_repository.owner.login": "fork", f"{of_run}head_branch": "topic", f"{of_run}head_sha": head}
    at_work = runner(**meant)
    at_work.program("partnerkit", 'printf "<!-- partnerkit:diff -->\\n%s\\n" "$*"')
    workflow = _workflow(work, "comment")
    alone = [one.name for one in at_work.run(workflow)]
    assert alone == ["Find the pull request whose head this is"]

    at_work.state["pulls"] = [
        {"number": 6, "state": "open", "head": {"label": "fork:topic", "sha": base}, "base": {"sha": base}},
        {"number": 7, "state": "open", "head": {"label": "fork:topic", "sha": head}, "base": {"sha": base}},
    ]
    at_work.state["comments"] = [{"id": 1, "body": "<!-- partnerkit:diff -->\nforged", "user": {"login": "mallory"}}]
    at_work.save()
    for _ in range(2):
        done = at_work.run(workflow)
        assert [one.code for one in done] == [0] * 5, done
    forged, ours = at_work.holds()["comments"]
    assert forged["body"].endswith("forged")
    assert ours["body"] == f"<!-- partnerkit:diff -->\ndiff {base} {head} --format markdown\n"

    # What cannot be made smaller, such as 60,000 letters of many alphabets, is longer than a word may be.
    at_work.program("partnerkit", 'echo "<!-- partnerkit:diff -->"; head --bytes=150000 /dev/urandom')
    assert [one.code for one in at_work.run(workflow)] == [0] * 5
    long = "The page is too long for a comment: `partnerkit diff` has it."
    assert at_work.holds()["comments"][1]["body"] == f"<!-- partnerkit:diff -->\n{long}\n"


def test_the_comment_is_the_page_that_partnerkit_makes(forge: tuple[Place, Place, Callable[..., Runner]]) -> None:
    rosa, work, runner = forge
    base, head = _pull(rosa, lambda: rosa.do("set", ACME, "name=Acme again"))
    of_run = "github.event.workflow_run."
    meant = {f"{of_run}head_repository.owner.login": "us", f"{of_run}head_branch": "topic", f"{of_run}head_sha": head}
    at_work = runner(**meant)
    one = {"number": 7, "state": "open", "head": {"label": "us:topic", "sha": head}, "base": {"sha": base}}
    at_work.state["pulls"] = [one]
    at_work.save()
    assert [one.code for one in at_work.run(_workflow(work, "comment"))] == [0] * 5
    (ours,) = at_work.holds()["comments"]
    assert ours["body"].startswith("<!-- partnerkit")
    assert "Acme again" in ours["body"]
    assert [one.code for one in runner(**_ends(base, head)).run(_workflow(work, "pull-request"))] == [0] * 4


def test_the_job_that_may_write_runs_nothing_but_gh(place: Place) -> None:
    """Whatever the head does to partnerkit, it is the text of one comment on its own pull request."""
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    jobs = yaml.safe_load(_workflow(place, "comment").read_text(encoding="utf-8"))["jobs"]
    rights = {
        name: {right for right, how in job["permissions"].items() if how == "write"} for name, job in jobs.items()
    }
    assert rights == {"page": set(), "comment": {"pull-requests"}}
    assert list(jobs["page"]["outputs"]) == ["page"]
    (step,) = jobs["comment"]["steps"]
    script = re.sub(r"#.*", "", step["run"])
    assert "uses" not in step
    commands = set(re.findall(r"(?:^\s*|\| |\$\()([a-z]+)(?= )", re.sub(r"'[^']*'", "", script), re.MULTILINE))
    assert commands <= {"gh", "printf", "base64", "gzip", "test", "head", "if", "exit", "then", "fi", "else"}
    assert step["env"]["MARKER"] == MARKER


def test_what_partnerkit_needs_is_what_the_register_says_where_it_says_so(
    forge: tuple[Place, Place, Callable[..., Runner]],
) -> None:
    """Else partnerkit is installed with whatever it takes along: see a pull request by the rules."""
    _, work, runner = forge
    (work.root / ".github/partnerkit-requirements.txt").write_text("typer==0.26.0\n", encoding="utf-8")
    at_work = runner()
    found = yaml.safe_load(_workflow(work, "pull-request").read_text(encoding="utf-8"))
    wanted = [one for one in found["jobs"]["check"]["steps"] if one["name"] == "Install partnerkit"]
    (done,) = at_work.steps(wanted, {"PARTNERKIT": ELSEWHERE}, {})
    assert done.code == 0, done.out
    asked = (at_work.home / "pip").read_text(encoding="utf-8").replace("pip --quiet --disable-pip-version-check ", "")
    listed = "install --requirement .github/partnerkit-requirements.txt\ninstall --no-deps {}\ncheck\n"
    assert asked == listed.format(ELSEWHERE)


def test_gitlab_judges_what_was_merged_and_keeps_one_issue(at: At, tmp_path: Path) -> None:
    rosa = at("assessment")
    rosa.do("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")
    jobs = rosa.root / ".gitlab" / "partnerkit.yml"
    at_work = Runner(tmp_path / "runner", rosa.root, {})
    of_another = {"iid": 1, "description": "see <!-- partnerkit what is due -->"}
    at_work.state["issues"] = [of_another]
    at_work.save()
    token = {"PARTNERKIT_TOKEN": "a-token", "CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_PROJECT_ID": "7"}
    for _ in range(2):
        done = at_work.gitlab(jobs, "partnerkit what is due", **token)
        assert done.code == 0, done.out
        assert "a-token" not in done.out
    other, ours = at_work.holds()["issues"]
    assert other == of_another
    assert "· Lighthouse Community\n" in ours["description"]
    assert at_work.gitlab(jobs, "partnerkit main branch").code == 0
    another = at_work.gitlab(jobs, "partnerkit main branch", PARTNERKIT_TRUST_ROOT=f"c1:{'0' * 64}")
    assert another.code == 1
    assert "trust-root-differs" in another.out
    rosa.edit(ACME, "stage: assessment", "stage: active")
    rosa.git("commit", "-qam", "by hand")
    judged = at_work.gitlab(jobs, "partnerkit main branch")
    assert judged.code == 1
    assert judged.out.count("stage-edited") >= 2, judged.out  # the check says so, and the audit after it


def test_gitlab_writes_through_no_link_of_the_head(at: At, tmp_path: Path) -> None:
    rosa = at("assessment")
    rosa.do("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")
    links = ("partnerkit-page.md", "partnerkit-code-quality.json", "due.md", "issues.json")
    for name in links:
        (tmp_path / name).write_text("of the runner", encoding="utf-8")
        (rosa.root / name).symlink_to(tmp_path / name)
    at_work = Runner(tmp_path / "runner", rosa.root, {})
    at_work.program("partnerkit", 'echo "$1"')
    jobs = rosa.root / ".gitlab" / "partnerkit.yml"
    given = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": "HEAD", "CI_COMMIT_SHA": "HEAD", "PARTNERKIT_TOKEN": "a-token"}
    given |= {"CI_API_V4_URL": "https://gitlab.example/api/v4", "CI_PROJECT_ID": "7"}
    for job in ("partnerkit merge request", "partnerkit what is due"):
        done = at_work.gitlab(jobs, job, **given)
        assert done.code == 0, done.out
    assert [(tmp_path / name).read_text(encoding="utf-8") for name in links] == ["of the runner"] * len(links)
    assert (rosa.root / "partnerkit-page.md").read_text(encoding="utf-8") == "diff\n"
    (issue,) = at_work.holds()["issues"]
    assert issue["description"] == "<!-- partnerkit what is due -->\ntoday\n"


def test_gitlab_judges_a_merge_request_as_data(at: At, tmp_path: Path) -> None:
    rosa = at("assessment")
    rosa.do("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")
    base = rosa.git("rev-parse", "HEAD").strip()
    rosa.do("set", ACME, "name=Acme again")
    _, head = _pull(rosa, lambda: rosa.edit(ACME, "stage: assessment", "stage: active"), push=False)
    given = {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base, "CI_COMMIT_SHA": head}
    at_work = Runner(tmp_path / "runner", rosa.root, {})
    done = at_work.gitlab(rosa.root / ".gitlab" / "partnerkit.yml", "partnerkit merge request", **given)
    assert done.code == 1, done.out
    report = json.loads((rosa.root / "partnerkit-code-quality.json").read_text(encoding="utf-8"))
    assert f"records/partnerships/{ACME}.yaml" in {one["location"]["path"] for one in report}
    assert "stage-edited" in done.out, "the log says it in words, too"
    assert (rosa.root / "partnerkit-page.md").read_text(encoding="utf-8").startswith(f"{MARKER}\n")
    given |= {"CI_COMMIT_SHA": rosa.git("rev-parse", "topic^").strip()}
    honest = at_work.gitlab(rosa.root / ".gitlab" / "partnerkit.yml", "partnerkit merge request", **given)
    assert (honest.code, json.loads((rosa.root / "partnerkit-code-quality.json").read_text(encoding="utf-8"))) == (
        0,
        [],
    )


@pytest.mark.parametrize(("cheats", "as_data"), [(True, True), (True, False), (False, False)])
def test_the_action_judges(forge: tuple[Place, Place, Callable[..., Runner]], *, cheats: bool, as_data: bool) -> None:
    """As a step of somebody's workflow: what is checked out, or a head as data; partnerkit is installed already."""
    rosa, work, runner = forge
    base, head = _pull(rosa, lambda: rosa.edit(ACME, "stage: assessment", "stage: active") if cheats else None)
    work.git("fetch", "-q", "origin", head)
    work.git("checkout", "-q", base if as_data else head)
    given = {"base": base, "head": head if as_data else "", "format": "text", "directory": str(work.root)}
    at_work = runner(**{f"inputs__{key}": value for key, value in given.items()})
    (at_work.home / "partnerkit").mkdir()
    (at_work.home / "partnerkit" / "bin").symlink_to(at_work.home / "bin")
    action = yaml.safe_load((Path(__file__).parents[2] / "action.yml").read_text(encoding="utf-8"))
    (judged,) = at_work.steps([step for step in action["runs"]["steps"] if step.get("name") == "Judge"], {}, {})
    assert judged.code == int(cheats), judged.out
    assert ("stage-edited" in judged.out) == cheats


@pytest.mark.parametrize("forge_", ["github", "gitlab"])
def test_it_is_written_once_and_told_when_it_is_old(place: Place, forge_: str) -> None:
    words = ("setup", "ci", "--forge", forge_, "--from", "partnerkit")
    assert place.run(*words, "--check").code == 1
    planned = place.run(*words, "--dry-run", "--json")
    assert [one["code"] for one in planned.json["findings"]] == ["setup-stale"] * len(planned.json["changed"])
    assert not any((place.root / path).exists() for path in planned.json["changed"])
    assert place.do(*words, "--json").json["changed"] == planned.json["changed"]
    assert "everything is in step" in place.do(*words, "--check").out
    assert "everything is in step" in place.do(*words).out


@pytest.mark.parametrize("forge_", ["github", "gitlab"])
def test_where_partnerkit_comes_from_is_written_and_kept(place: Place, forge_: str) -> None:
    """Into the files: runs for a fork's pull requests are given no variables."""
    words = ("setup", "ci", "--forge", forge_)
    place.do(*words, "--from", "partnerkit")
    written = place.do(*words, "--from", ELSEWHERE, "--json").json["changed"]
    texts = [(place.root / path).read_text(encoding="utf-8") for path in written]
    assert [re.findall(r"^ +PARTNERKIT: (.*)$", text, re.MULTILINE) for text in texts] == [[ELSEWHERE]] * len(texts)
    assert not re.search(r"vars\.PARTNERKIT\b", "".join(texts))
    for again in (words, (*words, "--check"), (*words, "--from", ELSEWHERE)):
        assert "everything is in step" in place.do(*again).out
    place.do(*words, "--from", "partnerkit")
    assert f"PARTNERKIT: partnerkit=={__version__}\n" in (place.root / written[0]).read_text(encoding="utf-8")
    assert "everything is in step" in place.do(*words, "--check").out


def test_a_file_that_is_gone_is_written_like_the_others(place: Place) -> None:
    words = ("setup", "ci", "--forge", "github")
    place.do(*words, "--from", ELSEWHERE)
    main = place.root / WORKFLOWS / "partnerkit-main.yml"
    text = main.read_text(encoding="utf-8")
    main.unlink()
    assert place.json(*words, "--check")["findings"][0]["mend"] == f"partnerkit {' '.join(words)} --from {ELSEWHERE}"
    place.do(*words)
    assert main.read_text(encoding="utf-8") == text


def test_files_that_name_several_sources_are_asked_about(place: Place) -> None:
    words = ("setup", "ci", "--forge", "github")
    place.do(*words, "--from", "partnerkit==1.2")
    main = place.root / WORKFLOWS / "partnerkit-main.yml"
    other = main.read_text(encoding="utf-8")
    place.do(*words, "--from", ELSEWHERE)
    main.write_text(other, encoding="utf-8")
    assert f"{ELSEWHERE} and from partnerkit==1.2" in place.wrong(*words).err
    place.do(*words, "--from", ELSEWHERE)
    assert "everything is in step" in place.do(*words).out


@pytest.mark.parametrize(
    "source",
    [
        "",
        "partnerkit>=1.2",
        "partnerkit==1.*",
        "partnerkit==1.2\n",
        "partnerkit==1.2 --pre",
        "another==1.2",
        ELSEWHERE.removesuffix("b"),
        ELSEWHERE.replace("git+https", "git+http"),
        ELSEWHERE.replace("forge.example", "me:secret@forge.example"),
        ELSEWHERE.replace("/tools/", "/../"),
        ELSEWHERE.replace("tools", "$(id)"),
        ELSEWHERE.replace("tools", "${{ github.token }}"),
        f"{ELSEWHERE}#subdirectory=x",
        f"{ELSEWHERE}\n",
        "./here",
    ],
)
def test_a_source_is_pinned_and_nothing_else(place: Place, source: str) -> None:
    said = place.wrong("setup", "ci", "--forge", "github", "--from", source)
    assert "names no version of partnerkit for good" in said.err
    assert not (place.root / WORKFLOWS).exists()


def test_an_older_one_is_renewed_and_one_that_somebody_changed_stays(place: Place) -> None:
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    main, due = (place.root / WORKFLOWS / f"partnerkit-{name}.yml" for name in ("main", "due"))
    shipped = main.read_text(encoding="utf-8")
    place.git("checkout", "-qb", "topic")
    assert place.run("setup", "ci", "--forge", "github", "--check").code == 0  # the main branch is another
    due.write_text(due.read_text(encoding="utf-8").replace("17 5", "17 4"), encoding="utf-8")
    said = place.run("setup", "ci", "--forge", "github", "--branch", "trunk+1")
    assert said.code == 1
    assert f"wrote {WORKFLOWS}/partnerkit-main.yml" in said.out
    assert "somebody made it theirs" in said.out
    assert yaml.safe_load(main.read_text(encoding="utf-8"))[True]["push"]["branches"] == [r"trunk\+1"]
    assert main.read_text(encoding="utf-8") != shipped
    assert "17 4" in due.read_text(encoding="utf-8")
    due.unlink()
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    assert "17 5" in due.read_text(encoding="utf-8")


def test_a_file_of_one_s_own_is_told_what_it_lacks(place: Place) -> None:
    own = place.root / ".gitlab-ci.yml"
    own.write_text("# include .gitlab/partnerkit.yml some day\nbuild: {script: make}\n", encoding="utf-8")
    said = place.run("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")
    assert said.code == 1
    mend = place.json("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")["findings"][0]["mend"]
    line = mend.removeprefix("add to .gitlab-ci.yml: ").partition(" (")[0]
    own.write_text(own.read_text(encoding="utf-8") + line + "\n", encoding="utf-8")
    both = yaml.safe_load(own.read_text(encoding="utf-8"))
    assert both == {"build": {"script": "make"}, "include": [{"local": ".gitlab/partnerkit.yml"}]}
    jobs = yaml.safe_load((place.root / ".gitlab/partnerkit.yml").read_text(encoding="utf-8"))
    assert jobs[".partnerkit"]["stage"] == "test"  # where there is nothing but .pre and .post, GitLab runs nothing
    assert ".partnerkit: {stage: " in mend
    assert "everything is in step" in place.do("setup", "ci", "--forge", "gitlab", "--from", "partnerkit").out


def test_nothing_is_written_through_a_link(place: Place, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (place.root / ".gitlab").symlink_to(tmp_path / "elsewhere")
    said = place.run("setup", "ci", "--forge", "gitlab", "--from", "partnerkit")
    assert said.code == 1
    assert "is no plain file" in said.out
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_check_against_another_base_counts_for_nothing(place: Place) -> None:
    """A pull request that is turned to the main branch is judged anew; one to another branch is not judged at all."""
    place.git("branch", "-m", "main", "trunk+1")
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    on = yaml.safe_load(_workflow(place, "pull-request").read_text(encoding="utf-8"))[True]
    assert on["pull_request"]["branches"] == [r"trunk\+1"]
    assert {"opened", "synchronize", "reopened", "edited"} <= set(on["pull_request"]["types"])


def test_the_comment_follows_the_run_of_the_pull_request(place: Place) -> None:
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit")
    run, comment = (
        yaml.safe_load(_workflow(place, one).read_text(encoding="utf-8")) for one in ("pull-request", "comment")
    )
    assert comment[True]["workflow_run"]["workflows"] == [run["name"]]


@pytest.mark.parametrize("site", ["public", "internal"])
def test_no_script_holds_an_expression_and_every_action_is_pinned(place: Place, site: str) -> None:
    """What a branch or a person is called would be shell; a tag can be moved."""
    place.do("setup", "ci", "--forge", "github", "--from", "partnerkit", "--site", site)
    paths = [*sorted((place.root / WORKFLOWS).iterdir()), Path(__file__).parents[2] / "action.yml"]
    for path in paths:
        text = path.read_text(encoding="utf-8")
        data = yaml.safe_load(text)
        jobs = data.get("jobs", {"action": data.get("runs")})
        steps = [step for job in jobs.values() for step in job["steps"]]
        assert not [step for step in steps if "${{" in step.get("run", "")], path
        for line in text.splitlines():
            assert "uses:" not in line or re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line
        assert data.get("permissions", {}) == {}, path
