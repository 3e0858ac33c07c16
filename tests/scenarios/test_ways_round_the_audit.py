"""Ways round the audit that somebody found: each by plain git, each found now, from the beginning and from the middle."""

from __future__ import annotations

import subprocess

import pytest

from tests.place import Place, environment
from tests.scenarios.cheat import ACME, commit
from tests.scenarios.landing import audited
from tests.scenarios.test_governed_rules import governed
from tests.store.graphs import lie

POLICY = "records/policies/OPS-05-03.yaml"


def codes(place: Place, *words: str) -> set[str]:
    """The errors, the same whether all is judged anew or what is known is taken as known."""
    found = {one["code"] for one in audited(place, *words)["findings"] if one["severity"] == "error"}
    full = {one["code"] for one in audited(place, "--full", *words)["findings"] if one["severity"] == "error"}
    assert found == full
    return found


def text(place: Place, path: str) -> str:
    return (place.root / path).read_text(encoding="utf-8")


def write(place: Place, path: str, new: str) -> None:
    (place.root / path).write_text(new, encoding="utf-8")


def raw(place: Place, words: str, *, stdin: str) -> str:
    return place.git(*words.split(), stdin=stdin.encode()).strip()


@pytest.mark.parametrize("between", [False, True], ids=["in two commits", "in three"])
@pytest.mark.parametrize("looked", [False, True], ids=["at the end", "audited on the way"])
def test_records_deleted_while_no_policy_could_read_them(at, between, looked):
    place = at("active")
    policy = text(place, POLICY)
    (place.root / POLICY).unlink()
    commit(place)
    if looked:
        assert place.run("audit").code in {1, 3}
    if between:
        place.git("rm", "-rq", "records/partnerships", "records/agreements")
        commit(place)
    write(place, POLICY, policy)
    if not between:
        place.git("rm", "-rq", "records/partnerships", "records/agreements")
    commit(place)
    assert {"record-deleted", "policy-unknown"} <= codes(place)


def test_a_history_rolled_back_in_the_commit_that_brings_its_policy_back(at):
    """What judges is what stood before, and that is no policy: it is never taken as legal."""
    place = at("active")
    policy, first = text(place, POLICY), place.git("log", "--format=%h", "--reverse", "--", ACME).split()[0]
    (place.root / POLICY).unlink()
    commit(place)
    write(place, POLICY, policy)
    place.git("checkout", "-q", first, "--", ACME)
    commit(place)
    here = place.git("rev-parse", "HEAD").strip()
    steps = audited(place, "--full")["findings"]
    mine = {one["code"] for one in steps if one["commit"] == here and one["file"] == ACME}
    assert {"entry-removed", "policy-unknown"} <= mine
    assert {"entry-removed", "policy-unknown"} <= codes(place)


@pytest.mark.parametrize("looked", [False, True], ids=["at the end", "audited on the way"])
def test_a_history_rolled_back_while_the_policy_could_not_read_it(at, looked):
    place = at("active")
    policy, first = text(place, POLICY), place.git("log", "--format=%h", "--reverse", "--", ACME).split()[0]
    narrower = policy.replace("        mutually-beneficial: §1.3/mutually-beneficial\n", "")
    assert narrower != policy
    write(place, POLICY, narrower)
    commit(place)
    if looked:
        place.run("audit")
    place.git("checkout", "-q", first, "--", ACME)
    commit(place)
    write(place, POLICY, policy)
    commit(place)
    assert {"entry-removed", "wrong-value"} <= codes(place)


def test_parents_where_git_does_not_read_them_are_no_history(at):
    place = at("active")
    tree, main = place.git("rev-parse", "HEAD^{tree}").strip(), place.git("rev-parse", "HEAD").strip()
    who = "p-rosa <rosa@lighthouse.example> 1767607200 +0000"
    odd = raw(
        place,
        "hash-object -t commit -w --stdin --literally",
        stdin=f"tree {tree}\nauthor {who}\ncommitter {who}\nparent {main}\n\nbegin\n",
    )
    new = place.git("commit-tree", tree, "-p", odd, "-p", main, "-m", "Merge").strip()
    place.git("reset", "-q", "--hard", new)
    place.day = None
    said = place.run("audit")
    assert (said.code, "parents" in said.err) == (3, True)


def test_from_a_commit_whose_rules_cannot_be_read_nothing_can_be_said(at):
    place = at("decided")
    policy = text(place, POLICY)
    write(place, POLICY, policy + "x: [\n")
    broken = commit(place) and place.git("rev-parse", "HEAD").strip()
    write(place, POLICY, policy)
    commit(place)
    place.day = None
    said = place.run("audit", "--since", broken)
    assert (said.code, "those before it still judge" in said.err) == (3, True)
    assert codes(place) == set()  # the same rules counted before and after, and nothing landed meanwhile
    assert "yaml-syntax" in {one["code"] for one in audited(place)["findings"]}


def test_what_is_asked_since_a_commit_is_not_kept_for_the_whole(at):
    place = at("decided")
    base = place.git("rev-parse", "HEAD~1").strip()
    audited(place, "--since", base)
    assert not (place.root / ".git" / "partnerkit" / "verdicts.sqlite").exists() or audited(place)["landed"] > 1


def dated(place: Place, when: str) -> None:
    place.git("add", "--all")
    env = environment() | {"GIT_COMMITTER_DATE": when}
    subprocess.run(["git", "commit", "-qm", "x", "--allow-empty", "--no-verify"], cwd=place.root, env=env, check=True)


def test_a_commit_that_landed_in_the_future(at):
    place = governed(at("decided"))
    place.edit("acme", "name: Acme", "name: Acme")
    path = place.root / "records" / "people.yaml"
    people = path.read_text(encoding="utf-8").replace(
        "  p-timo:\n", "  p-mallory:\n    emails: [mallory@lighthouse.example]\n  p-timo:\n"
    )
    path.write_text(people, encoding="utf-8")
    dated(place, "2031-01-01T10:00:00Z")
    assert "landed-in-future" in codes(place)


def test_a_clock_that_goes_back_bit_by_bit(at):
    place = at("decided")
    now = int(place.git("log", "-1", "--format=%ct"))
    for step in range(1, 4):
        dated(place, f"{now - step * 3500} +0000")
    assert codes(place) == {"landed-backdated"}


def test_a_machine_whose_clock_is_a_little_behind_raises_no_alarm(at):
    """What stands in a record landed before the commit that touches it, whatever the clock of that says."""
    place = at("proposed")
    place.day = None
    place.do("new", "partnership", "Bcme", "type=cloud-providers")
    place.edit("bcme", "name: Bcme", "name: Bcme Labs")
    dated(place, f"{int(place.git('log', '-1', '--format=%ct')) - 15 * 60} +0000")
    assert codes(place) == set()


def test_a_clock_that_goes_back_bit_by_bit_between_two_audits(at, tmp_path):
    place = at("decided")
    now = int(place.git("log", "-1", "--format=%ct"))
    checkpoint = str(tmp_path / "checkpoint.json")
    dated(place, f"{now - 3500} +0000")
    audited(place, "--checkpoint", checkpoint)
    dated(place, f"{now - 7000} +0000")
    assert codes(place, "--since", "HEAD^") == {"landed-backdated"}
    assert codes(place, "--checkpoint", checkpoint) == {"landed-backdated"}


def test_findings_about_the_rules_concern_every_record(at):
    place = governed(at("decided"))
    path = place.root / "records" / "people.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("  p-lea:\n", "  p-eve:\n    emails: [e@x.example]\n  p-lea:\n"),
        "utf-8",
    )
    commit(place)
    assert codes(place, "acme") == {"rules-changed-by-another"}


def test_a_person_who_goes_and_comes_back_with_another_address_is_told(at):
    place = at("decided")
    path = place.root / "records" / "people.yaml"
    whole = path.read_text(encoding="utf-8")
    head, _, rest = whole.partition("  p-timo:\n")
    tail = rest[rest.index("  p-", 1) :] if "  p-" in rest else ""
    path.write_text(head + tail, encoding="utf-8")
    commit(place)
    path.write_text(whole.replace("timo@lighthouse", "mallory@lighthouse"), encoding="utf-8")
    commit(place)
    told = " ".join(words for one in audited(place)["rules"] for words in one["weakened"])
    assert "p-timo is off the roster" in told
    assert "mallory@lighthouse.example" in told
    assert codes(place) >= {"person-unknown"}


def test_a_merge_of_nothing_and_everything_does_not_begin_anew(at):
    place = at("active")
    empty = raw(place, "mktree", stdin="")
    root = place.git("commit-tree", empty, "-m", "start").strip()
    tree, main = place.git("rev-parse", "HEAD^{tree}").strip(), place.git("rev-parse", "HEAD").strip()
    new = place.git("commit-tree", tree, "-p", root, "-p", main, "-m", "Merge").strip()
    place.git("reset", "-q", "--hard", new)
    assert "main-line-moved" in codes(place)


def test_two_files_with_one_id_for_one_commit(at):
    place = at("active")
    folder = place.path("acme").parent / "zz"
    folder.mkdir()
    (folder / "acme.yaml").write_text(place.text("acme"), encoding="utf-8")
    commit(place)
    assert codes(place) == {"id-repeated"}
    (folder / "acme.yaml").unlink()
    commit(place)
    assert codes(place) == set()  # the copy was never the record
    assert "id-repeated" in {one["code"] for one in audited(place)["findings"]}


@pytest.mark.parametrize("words", [("--trust-root", ""), ("--trust-root", "c1:12"), ("",)])
def test_what_was_not_given_is_not_taken_for_everything(at, words):
    place = at("new")
    place.day = None
    place.wrong("audit", *words)


@pytest.mark.parametrize("when", ["253402300799 +0000", "1_775_124_000 +0000", "1775124000", "", "-5 +0000"])
def test_a_commit_with_no_known_date_is_said_and_not_stumbled_over(at, when):
    place = at("decided")
    place.edit("acme", "name: Acme", "name:  Acme")
    place.git("add", "--all")
    tree, head = place.git("write-tree").strip(), place.git("rev-parse", "HEAD").strip()
    who = f"p-rosa <rosa@lighthouse.example> {when}"
    odd = raw(
        place,
        "hash-object -t commit -w --stdin --literally",
        stdin=f"tree {tree}\nparent {head}\nauthor {who}\ncommitter {who}\n\nodd\n",
    )
    place.git("update-ref", "HEAD", odd)
    place.day = None
    for words in (("audit",), ("undo", "--dry-run"), ("why", "acme")):
        said = place.run(*words)
        assert said.code in {0, 1, 2, 3}
        assert "in a way it should not" not in said.err, (words, said.err)
    assert place.run("audit").code == 3


def noted(place):
    """A branch `side` with something that concerns nobody; back on main, where the policy is changed then."""
    place.git("switch", "-q", "-c", "side")
    (place.root / "NOTES.md").write_text("A note.\n", encoding="utf-8")
    place.git("add", "NOTES.md")
    place.git("commit", "-qm", "a note", "--no-verify")
    place.git("switch", "-q", "main")
    path = place.root / "records/policies/OPS-05-03.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("title: ", "title: Our ", 1), encoding="utf-8")
    place.git("commit", "-qam", "ours", "--no-verify")
    place.day = None
    return place.git("rev-parse", "HEAD").strip()


def test_a_merge_that_undoes_the_rules_of_the_main_line_is_told(at):
    """A branch that took the main line in, and left its policy as it was, is sent as the main line."""
    place = at("decided")
    noted(place)
    place.git("switch", "-q", "side")
    place.git("merge", "-q", "--no-verify", "-s", "ours", "-m", "Merge main", "main")
    found = place.run("audit", "--json").json["findings"]
    policy = "records/policies/OPS-05-03.yaml"
    assert [(one["code"], one["file"], one["severity"]) for one in found] == [("merge-dropped", policy, "error")]


def test_a_branch_that_knows_only_older_rules_undoes_none(at):
    place = at("decided")
    since = noted(place)
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge side", "side")
    assert place.run("audit", "--json").json["proven"]
    assert place.run("audit", "--json", "--since", since).json["proven"]


@pytest.mark.parametrize("file", ["records/policies/OPS-05-03.yaml", "records/partnerships/acme.yaml"])
def test_a_file_of_a_newer_format_that_was_taken_back_ends_no_audit(at, file):
    place = at("decided")
    path = place.root / file
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("format: 1", "format: 2", 1), encoding="utf-8")
    place.git("commit", "-qam", "from elsewhere", "--no-verify")
    path.write_text(text, encoding="utf-8")
    place.git("commit", "-qam", "taken back", "--no-verify")
    place.day = None
    said = place.run("audit", "--json")
    assert said.code == 1
    assert [(one["code"], one["severity"]) for one in said.json["findings"]] == [("newer-format", "error")]


@pytest.mark.parametrize("what", ["parent", "tree"])
def test_a_graph_of_git_s_own_that_lies_hides_nothing(at, what):
    """Git believes its commit-graph more than the commits, and that file is nobody's history."""
    place = at("decided")
    place.edit("acme", "stage: decision", "stage: agreement")
    commit(place)
    place.edit("acme", "stage: agreement", "stage: decision")
    commit(place)
    before, forged, last = place.git("rev-list", "--first-parent", "--reverse", "-3", "HEAD").split()
    place.git("commit-graph", "write", "--reachable")
    if what == "parent":
        lie(place.root, last, parent=before)
        assert forged not in place.git("rev-list", "HEAD").split()  # git itself is taken in
    else:
        tree = place.git("rev-parse", f"{before}^{{tree}}").strip()
        lie(place.root, forged, tree=tree)
        assert place.git("log", "-1", "--format=%T", forged).strip() == tree
    assert "stage-edited" in codes(place)


def test_another_repository_is_found_whatever_gitmodules_says_of_it(at):
    place = at("new")
    write(place, ".gitmodules", '[submodule "x"]\n\tpath = records/partnerships/x\n\turl = ./x\n\tignore = all\n')
    head = place.git("rev-parse", "HEAD").strip()
    place.git("add", ".gitmodules")
    place.git("update-index", "--add", "--cacheinfo", f"160000,{head},records/partnerships/x")
    place.git("commit", "-qm", "in", "--no-verify")
    place.git("rm", "-q", "--cached", "records/partnerships/x")
    place.git("commit", "-qm", "out", "--no-verify")
    assert codes(place) == set()
    assert "not-a-plain-file" in {one["code"] for one in audited(place)["findings"]}


def test_a_folder_with_a_hostile_name_runs_nothing_when_a_mend_is_pasted(at):
    place = at("proposed")
    folder = place.root / "records/partnerships/x; touch owned; "
    folder.mkdir()
    place.git("mv", "records/partnerships/acme.yaml", str(folder))
    commit(place)
    place.edit("acme", "    by: p-rosa\n", "    by: p-lea\n")
    found = place.findings()
    commit(place)
    found += audited(place)["findings"]
    mends = [one["mend"] for one in found if "touch" in one["mend"]]
    assert any(mend.startswith("git restore") for mend in mends)
    assert any(mend.startswith("git show") for mend in mends)
    assert all("'records/partnerships/x; touch owned; /acme.yaml'" in mend for mend in mends)
