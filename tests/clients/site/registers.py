"""Registers that a site must bear: one in which every text is hostile, and one in which much is due."""

from __future__ import annotations

from pathlib import Path

from tests.place import new_register

#: Markup, the end of a script, quotes, an address that runs, letters from right to left, signs of several letters.
BAD = (
    """<img src=x onerror=hit()></script><script>window.hit=1</script>"'>]]>{{7*7}}&amp;<!-- """
    "javascript:alert(1) שלום עולם 🏳️‍🌈"
)
NAME = f"{BAD} {'W' * 70}"
PARTNER = "threat"


def hostile(root: Path) -> None:
    """A partnership, its log, its evidence and a risk, all of whose texts are hostile."""
    place = new_register(root, name=f"Lighthouse {BAD}")
    place.do("new", "partnership", NAME, f"id={PARTNER}", "type=cloud-providers", "website=javascript:hit()")
    place.do("add", PARTNER, "objectives", f"text={BAD}", "supports=[mutually-beneficial]")
    place.do(
        "add",
        PARTNER,
        "communications",
        "kind=risk-reporting",
        f"summary={(BAD + ' ') * 90}"[:10_000],
        'ref=https://x.example/"><b>',
    )
    place.do(
        "add",
        PARTNER,
        "communications",
        "kind=risk-reporting",
        f"summary={'x' * 10_000}",
        "ref=data:text/html,<script>hit()</script>",
    )
    place.do("add", PARTNER, "actions", f"text={BAD}", "due=2026-04-01", "owner=p-rosa")
    place.do("add", PARTNER, "partnership-proposal", "kind=link", "ref=https://x.example/?q='>", f"summary={BAD}")
    place.do("new", "risk", f"of={PARTNER}", f"title={BAD}", "id=threat-risk", "type=financial")
    place.do("advance", PARTNER, "assessment")
    place.edit(PARTNER, "stage: assessment", "stage: active")
    place.git("commit", "-qam", "past the commands: the audit finds it, and the first page says so")


def long(root: Path) -> None:
    """130 partnerships under way, adopted from a sheet: each of them owes its reviews."""
    place = new_register(root)
    rows = "".join(f"{'Größe ' if number % 10 == 0 else 'Partner '}{number},cloud-providers\n" for number in range(130))
    sheet = root.with_suffix(".csv")
    sheet.write_text(f"name,type\n{rows}", encoding="utf-8")
    adopted = ("--adopt", "active", "--since", "2025-01-01", "--reason", "older than the register")
    place.do("new", "partnership", "--from", str(sheet), *adopted)
