"""The job that builds the site: only where it was asked for, what its level may show, and in the place for its readers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.conftest import At
from tests.forge.runner import Runner
from tests.place import Place
from tests.scenarios.cheat import commit, rewrite
from tests.sharing import cloned, shared
from tests.story import ACME, RISK

SITE = ".github/workflows/partnerkit-site.yml"
JOBS = ".gitlab/partnerkit.yml"
LEVELS = ("public", "internal")


def asked(forge: str, *words: str) -> tuple[str, ...]:
    return ("setup", "ci", "--forge", forge, "--from", "partnerkit", *words)


def jobs_of(place: Place, path: str) -> Any:
    return yaml.safe_load((place.root / path).read_text(encoding="utf-8"))


def pages(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


def with_a_public_record(at: At, *words: str) -> Place:
    """One record is public and what belongs to it is not; who runs it agreed to be named, in the private place."""
    rosa = at("decision")
    rosa.do("setup", "private")
    rosa.do("person", "name", "p-rosa", "Rosa Canary")
    rosa.do("person", "name", "p-rosa", "--consent", "public", "--seen", "forms/1")
    rewrite(rosa, ACME, lambda data: data.update(classification="public"))
    rosa.do(*words)
    commit(rosa)
    return rosa


def upload(place: Place, temporary: Path) -> Path:
    """The folder that the workflow hands over."""
    (step,) = (one for one in jobs_of(place, SITE)["jobs"]["build"]["steps"] if "upload-" in one.get("uses", ""))
    return Path(step["with"]["path"].replace("${{ runner.temp }}", str(temporary)))


def test_github_publishes_what_is_public_and_that_the_audit_found_something(at: At, tmp_path: Path) -> None:
    rosa = with_a_public_record(at, *asked("github", "--site", "public"))
    rewrite(rosa, ACME, lambda data: data["history"][-1].update(by="p-lea"))
    commit(rosa)
    work = cloned(shared(rosa, tmp_path), "work", "p-jonas", rosa.day)
    done = Runner(tmp_path / "runner", work.root, {}).run(work.root / SITE)
    assert [one.code for one in done] == [0, 0], done
    assert not [one for one in done if ACME in one.out], "a log is read for commands: no text of a record is in it"
    found = pages(upload(work, tmp_path / "runner"))
    assert f"records/{ACME}.html" in found
    assert not [name for name, data in found.items() if RISK.encode() in data or b"Canary" in data]
    closed = [one for one in upload(work, tmp_path / "runner").rglob("*") if one.stat().st_mode & 0o444 != 0o444]
    assert closed == [], "Pages shows no file that others may not read"
    said = found["index.html"].decode()
    assert "Some change of a stage did not follow the rules of its day." in said, (
        "it is published as such, not held back"
    )


def test_only_the_job_that_publishes_may_publish_and_it_runs_nothing_else(place: Place) -> None:
    place.do(*asked("github", "--site", "public"))
    jobs = jobs_of(place, SITE)["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {
        "build": {"contents": "read"},
        "publish": {"pages": "write", "id-token": "write"},
    }
    (only,) = jobs["publish"]["steps"]
    assert only["uses"].startswith("actions/deploy-pages@")
    names = [
        step["with"]["name"] for step in jobs["build"]["steps"] if "upload-pages-artifact@" in step.get("uses", "")
    ]
    assert names == [only["with"]["artifact_name"]] == ["github-pages-${{ github.run_attempt }}"]


def test_what_is_internal_never_goes_to_pages(place: Place) -> None:
    place.do(*asked("github", "--site", "internal"))
    jobs = jobs_of(place, SITE)["jobs"]
    assert {name: job["permissions"] for name, job in jobs.items()} == {"build": {"contents": "read"}}
    used = [step["uses"].partition("@")[0] for step in jobs["build"]["steps"] if "uses" in step]
    assert used == ["actions/checkout", "actions/upload-artifact"]
    place.do(*asked("gitlab", "--site", "internal"))
    assert "pages" not in jobs_of(place, JOBS)
    assert jobs_of(place, JOBS)["partnerkit site"]["artifacts"]["paths"] == ["partnerkit-site"]


@pytest.mark.parametrize("level", LEVELS)
def test_it_builds_the_main_branch_as_it_is_when_it_begins(place: Place, level: str) -> None:
    """Whatever branch or commit a run was started for: an older one of the same name may be run again."""
    place.git("branch", "-m", "main", "of${{x}}+1")
    place.do(*asked("github", "--site", level))
    found = jobs_of(place, SITE)
    assert set(found[True]) == {"push", "schedule", "workflow_dispatch"}
    assert found[True]["push"]["branches"] == [r"of${{x}}\+1"]
    assert found["jobs"]["build"]["steps"][0]["with"]["ref"] == "refs/heads/of${{ '${{' }}x}}+1"
    assert found["concurrency"] == {"group": "partnerkit-site", "cancel-in-progress": False}


@pytest.mark.parametrize(("level", "job", "sees"), [("public", "pages", False), ("internal", "partnerkit site", True)])
def test_gitlab_builds_it_and_writes_through_no_link(
    at: At, tmp_path: Path, level: str, job: str, *, sees: bool
) -> None:
    rosa = with_a_public_record(at, *asked("gitlab", "--site", level))
    work = cloned(shared(rosa, tmp_path), "work", "p-jonas", rosa.day)
    work.git("checkout", "-q", "--detach")
    (kept,) = jobs_of(work, JOBS)[job]["artifacts"]["paths"]
    (tmp_path / "elsewhere").mkdir()
    (work.root / kept).symlink_to(tmp_path / "elsewhere")
    done = Runner(tmp_path / "runner", work.root, {}).gitlab(work.root / JOBS, job)
    assert done.code == 0, done.out
    assert not list((tmp_path / "elsewhere").iterdir())
    found = pages(work.root / kept)
    assert {f"records/{ACME}.html", "index.html"} <= set(found)
    assert (f"records/{RISK}.html" in found) == sees
    assert not [name for name, data in found.items() if b"Canary" in data]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize(("forge", "path"), [("github", SITE), ("gitlab", JOBS)])
def test_it_is_there_where_it_was_asked_for_and_until_it_is_not(
    place: Place, forge: str, path: str, level: str
) -> None:
    written = place.do(*asked(forge), "--json").json
    assert (written["removed"], written["notes"]) == ([], [])
    assert not [one for one in written["changed"] if "export site" in (place.root / one).read_text(encoding="utf-8")]
    stale = place.run(*asked(forge, "--site", level, "--check", "--json"))
    assert (stale.code, stale.json["changed"]) == (1, [path])
    assert stale.json["findings"][0]["mend"].endswith(f"--from partnerkit --site {level}")
    assert place.do(*asked(forge, "--site", level, "--json")).json["changed"] == [path]
    assert f"export site --classification {level} " in (place.root / path).read_text(encoding="utf-8")
    kept = place.do("setup", "ci", "--forge", forge).out
    assert kept.startswith(f"everything is in step\nthe site of what is classified {level} ")

    for words in (("--check",), ("--dry-run",)):
        planned = place.run(*asked(forge, "--site", "none", *words))
        assert (planned.code, (place.root / path).exists()) == (1, True), planned.all
        assert "--site none" in planned.out or forge == "gitlab"
    gone = place.do(*asked(forge, "--site", "none"))
    assert ("stays on Pages until it is taken down there" in gone.out) == (level == "public")
    assert not [one for one in place.root.glob(f"{Path(path).parent}/*.yml") if "export site" in one.read_text("utf-8")]
    assert place.do(*asked(forge, "--check")).out == "everything is in step\n"
    assert place.do(*asked(forge, "--site", "none")).out == "everything is in step\n"


def test_what_publishes_another_level_by_hand_is_told(place: Place) -> None:
    place.do(*asked("github", "--site", "public"))
    mine = place.root / SITE
    text = mine.read_text(encoding="utf-8").replace("--classification public", "--classification restricted")
    mine.write_text(text, encoding="utf-8")
    for words in (("--check",), (), ("--site", "none")):
        said = place.run("setup", "ci", "--forge", "github", *words)
        assert said.code == 1
        assert f"{SITE} is not as partnerkit wrote it: somebody made it theirs" in said.out
        assert mine.read_text(encoding="utf-8") == text
    mine.unlink()
    mine.symlink_to(place.root / "records" / "register.yaml")
    assert "is no plain file" in place.run("setup", "ci", "--forge", "github", "--site", "none").out
    assert mine.is_symlink()


def test_a_job_called_pages_of_one_s_own_is_told(place: Place) -> None:
    """GitLab would mix both into one: what is published would be neither."""
    own = place.root / ".gitlab-ci.yml"
    own.write_text(f"include: [{{local: {JOBS}}}]\npages: {{script: make}}\n", encoding="utf-8")
    said = place.run(*asked("gitlab", "--site", "public"))
    assert (said.code, f"wrote {JOBS}" in said.out) == (1, True)
    assert ".gitlab-ci.yml has a job pages of its own" in said.out
    assert place.run(*asked("gitlab", "--check")).code == 1
    place.do(*asked("gitlab", "--site", "internal"))
    own.write_text(own.read_text(encoding="utf-8").replace("pages:", "handbook:"), encoding="utf-8")
    place.do(*asked("gitlab", "--site", "public"))


def test_one_that_was_public_and_is_internal_stays_on_pages_until_it_is_taken_down(place: Place) -> None:
    place.do(*asked("github", "--site", "public"))
    said = place.do(*asked("github", "--site", "internal")).out
    assert "nothing goes to Pages\n" in said
    assert "stays on Pages until it is taken down there: Settings, Pages" in said
    assert "stays on Pages" not in place.do(*asked("github")).out


@pytest.mark.parametrize("level", ["confidential", "restricted", "", "public\n", "all"])
def test_no_job_publishes_more_than_its_readers_may_see(place: Place, level: str) -> None:
    said = place.wrong(*asked("github", "--site", level))
    assert "no job builds a site for" in said.err
    assert not (place.root / ".github").exists()
