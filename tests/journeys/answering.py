"""A survey among those who take part, as a sheet of answers: what the tests about feedback share."""

from __future__ import annotations

from typing import Any

from tests.journeys.telling import Teller

YEAR = "programme-2026"
HEAD = "Timestamp,E-mail,Name,Role,Programme,Program value,Mentor satisfaction,Comments"


def answers(*groups: tuple[str, int, int], more: tuple[str, ...] = (), head: str = HEAD) -> str:
    """A sheet: so many of a role who give so many points, each with all that a form gathers about somebody."""
    rows = [head]
    for role, many, score in groups:
        for number in range(many):
            satisfied = score if role == "mentor" else ""
            who = f"{role}{number}@example.org,Kim {role}{number}"
            rows.append(f"2026-06-{number + 1:02} 10:00,{who},{role},formal,{score},{satisfied},It went well for me")
    return "\n".join([*rows, *more]) + "\n"


def take(t: Teller, text: str, *words: str) -> list[str]:
    path = t.place.write("answers.csv", text)
    usual = () if "--method" in words else ("--method", "surveys")
    return ["import", path, "--kind", "feedback", "--to", YEAR, *usual, *words]


def held(t: Teller) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = t.place.json("show", YEAR, day=t.day)["record"].get("feedback", [])
    return found
