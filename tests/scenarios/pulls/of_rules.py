"""What pull requests of the gallery do to the rules: policies, the roster, the settings."""

from __future__ import annotations

from tests.scenarios.pulls.puller import ROBOTS, SEEN, Puller


def weakens(player: Puller) -> None:
    """One vote instead of two, a review that need not be there, and a clause spelt better."""
    player.run("policy", "set", "OPS-05-03", "core-team-votes=1", "--seen", "minutes/2026-10-05.md")
    player.edit(
        "OPS-05-03", "financial-review, legal-review, no-risks-identified]", "financial-review, no-risks-identified]"
    )
    player.commit("The legal review binds nobody")


def changes_the_roster(player: Puller) -> None:
    """Somebody joins, somebody gets another role, somebody leaves one."""
    player.run("person", "add", "p-nia", "--email", "nia@lighthouse.example", "--role", "legal-reviewer", *SEEN)
    player.run("person", "role", "p-timo", "core-team")
    player.run("person", "end", "p-jonas", "core-team")


def rewrites_the_roster(player: Puller) -> None:
    """A role is taken out as if it had never been, and another ended long before it is written."""
    role = "      - role: training-coordinator\n        from: 2026-01-19\n        seen: minutes/2026-01-19.md\n"
    player.edit("people", role, "")
    seen = "        seen: minutes/2026-01-05.md\n  p-lea:"
    player.edit("people", seen, f"        until: 2026-06-30\n{seen}")
    player.commit("The roster, as it should always have been")


def changes_trust(player: Puller) -> None:
    """Proposers may decide from now on, and anybody may do what only the core team could."""
    player.edit("register", "  separation-of-duties: require", "  separation-of-duties: warn")
    player.edit("register", "    - core-team\n", "    - core-team\n    - employee\n")
    player.commit("Simpler rules")


def trusts(player: Puller) -> None:
    """The rules may be changed by the core team alone."""
    keepers = "  separation-of-duties: require\n  rules-changed-by:\n    policies:\n    - core-team\n"
    player.edit("register", "  separation-of-duties: require\n", keepers)
    player.commit("Who changes policies")


def starts_empty(player: Puller) -> None:
    """A repository in which there is no register yet."""
    player.git("checkout", "-q", "--orphan", "empty")
    player.git("rm", "-r", "-q", "-f", ".")
    (player.root / "README.md").write_text("# Orchard\n", encoding="utf-8")
    player.commit("Ours")
    player.git("branch", "-q", "-M", "main")


def brings_a_register(player: Puller) -> None:
    """A register comes in, whose rules nobody judged, with a first partnership."""
    player.run("init", "--name", "Orchard", "--policy", "OPS-05-03", "--person", "p-rosa", "--role", "core-team")
    player.run("new", "partnership", "Acme", "type=universities")


def breaks_a_policy(player: Puller) -> None:
    """A slip of the pen in a policy, and behind it a stage that somebody edited."""
    player.edit("OPS-05-03", "\nlifecycles:", "\nlifecycle:")
    player.edit(ROBOTS, "\nstage: decision\n", "\nstage: active\n")
    player.commit("They are active now")
