"""History replayed is history read commit by commit."""

from __future__ import annotations

from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import CommitTree
from partnerkit.store.git.walk import landed_since, walk
from partnerkit.store.load import load
from partnerkit.store.replay import Replay


def same_register(found, tree):
    """The register that was replayed is the one that a tree holds."""
    wanted = load(tree).demand()
    assert found.rules == wanted.rules
    assert (found.settings, found.roster) == (wanted.settings, wanted.roster)
    assert {one: source.policy for one, source in found.policies.items()} == {
        one: source.policy for one, source in wanted.policies.items()
    }
    assert {one.id: (one.path, one.data, one.model) for one in found.of_kind(None)} == {
        one.id: (one.path, one.data, one.model) for one in wanted.of_kind(None)
    }
    for record in wanted.records.values():
        for kind in ("agreement", "risk", "review"):
            assert [one.data for one in found.linked(record.id, kind)] == [
                one.data for one in wanted.linked(record.id, kind)
            ]
            assert [one.id for one in found.of_kind(kind)] == [one.id for one in wanted.of_kind(kind)]
        assert found.records[record.id].place(("history", 0)) == record.place(("history", 0))
    for path in tree.files("records/evidence"):
        assert found.digests(path) == tree.digest(path)


def test_every_step_of_the_story_is_as_its_trees(at):
    place = at("ended")
    git = Git.discover(place.root)
    oids = landed_since(git, "HEAD", None)
    before = None
    for landed in Replay.from_commit(git, None).through(oids):
        assert landed.step is not None
        assert landed.findings == []
        same_register(landed.step.after, CommitTree(git, landed.walked.commit.oid))
        if before is not None:
            assert landed.step.before is not None
            same_register(landed.step.before, CommitTree(git, before))
        before = landed.walked.commit.oid


def test_from_the_middle_it_is_the_same(at):
    place = at("ended")
    git = Git.discover(place.root)
    oids = landed_since(git, "HEAD", None)
    middle = oids[len(oids) // 2]
    for landed in Replay.from_commit(git, middle).through(landed_since(git, "HEAD", middle)):
        assert landed.step is not None
        assert landed.step.before is not None
        same_register(landed.step.before, CommitTree(git, landed.walked.commit.parents[0]))
        same_register(landed.step.after, CommitTree(git, landed.walked.commit.oid))


def test_commits_are_read_as_git_shows_them(at):
    place = at("active")
    place.git("switch", "-q", "-c", "side")
    place.do("set", "acme", "starts=2026-08-01", day="2026-07-01")
    place.git("switch", "-q", "main")
    place.do("new", "partnership", "Öther Hóuse", day="2026-07-01")
    place.git("merge", "-q", "--no-ff", "--no-verify", "-m", "Merge side", "side")
    git = Git.discover(place.root)
    oids = landed_since(git, "HEAD", None)
    rows = place.git("log", "--first-parent", "--reverse", "--format=%H%x1f%P%x1f%ae%x1f%ce%x1f%ct%x1f%s")
    assert [
        "\x1f".join(
            (one.oid, " ".join(one.parents), one.author, one.committer, f"{one.at.timestamp():.0f}", one.subject)
        )
        for one in (walked.commit for walked in walk(git, oids, "records"))
    ] == rows.splitlines()
    last = list(walk(git, oids, "records/"))[-1]
    assert [one.path for one in last.changes] == ["records/partnerships/acme.yaml"]
    assert {key: [one.path for one in value] for key, value in last.others.items()} == {
        last.commit.parents[1]: ["records/partnerships/other-house.yaml"]
    }
