"""A form's answers as a coordinator exports them: 12 who want to mentor, 15 who want to be mentored. All invented."""

from __future__ import annotations

import csv
import io

#: The headings of a form, as people write them.
HEADINGS = (
    *("Timestamp", "Full name", "E-mail address", "I want to take part as", "Which programmes?"),
    *("When did you join the community?", "Years of professional experience", "Skills you can teach or want to learn"),
    *("Experience level", "Hours per month", "How many mentees at a time?"),
    *("Learning goal 1", "Goal 1: how will you know?", "Learning goal 2", "Goal 2: how will you know?"),
    *("Code of conduct version", "Code of conduct accepted on", "Why do you want to take part?"),
    *("Experience documentation (link)", "Professional references", "Community references"),
)
MENTORS, MENTEES = 12, 15
ROWS = MENTORS + MENTEES

_SKILLS = ("Python, SQL", "Python, C++", "Machine learning, Statistics", "Public speaking", "SQL, Data engineering")
_PROGRAMMES = ("Formal", "Formal, Group", "Reverse", "Peer, Formal")
_LEVELS = ("Beginner", "Intermediate", "Advanced")


def row(number: int) -> dict[str, str]:
    """One answer; the first twelve want to mentor."""
    mentor = number < MENTORS
    told = {
        "Timestamp": f"2026-02-{number % 20 + 1:02} 1{number % 10}:05:09",
        "Full name": f"Invented Nobody-{number}",
        "E-mail address": f"nobody{number}@mail.example",
        "I want to take part as": "Mentor" if mentor else "Mentee",
        "Which programmes?": _PROGRAMMES[number % len(_PROGRAMMES)],
        "When did you join the community?": f"2024-0{number % 9 + 1}-15",
        "Years of professional experience": f"{number % 5 + 3}" if mentor else f"{number % 3}",
        "Skills you can teach or want to learn": _SKILLS[number % len(_SKILLS)],
        "Experience level": "Senior" if mentor else _LEVELS[number % len(_LEVELS)],
        "Hours per month": f"{number % 4 + 2}",
        "Code of conduct version": "2",
        "Code of conduct accepted on": f"2026-02-{number % 20 + 1:02}",
        "Why do you want to take part?": 'I learnt a lot from others,\nand would like to give "some" of it back.',
    }
    if mentor:
        return told | {
            "How many mentees at a time?": f"{number % 3 + 1}",
            "Experience documentation (link)": f"https://files.example/cv/{number}",
            "Professional references": f"{number % 2 + 1}",
            "Community references": "1",
        }
    return told | {
        "Learning goal 1": "Write tests for what I publish",
        "Goal 1: how will you know?": "A suite that runs, read by my mentor",
        "Learning goal 2": "Speak in public" if number % 2 else "",
        "Goal 2: how will you know?": "One talk is held" if number % 2 else "",
    }


def rows() -> list[dict[str, str]]:
    """All answers, in the order in which they came in."""
    return [row(number) for number in range(ROWS)]


def as_sheet(answers: list[dict[str, str]], delimiter: str = ",") -> str:
    """Answers as the CSV that a form exports."""
    out = io.StringIO()
    writer = csv.DictWriter(out, HEADINGS, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(answers)
    return out.getvalue()
