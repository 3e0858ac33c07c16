"""The answers of a form, invented, and the map by which they come in."""

from __future__ import annotations

import csv
import io

_HEAD = (
    *("Submitted", "Part", "Programmes", "Member since", "Years", "Skills", "Technologies", "Level", "Hours a month"),
    *("Mentees at a time", "Free", "Time zone", "Goal", "How we will know"),
)

#: When, part, programmes, member since, years, skills, technologies, level, hours, capacity, free, zone, goal, measure.
_ANSWERS = """\
02-02|mentor|formal|2024-05-01|9|testing, python|python|expert|4|2|mon 18:00-21:00|Europe/Berlin||
02-02|mentor|formal, group|2023-09-12|12|sql, data-modelling|postgres|expert|6|3|tue 18:00-21:00, thu 18:00-20:00|Europe/Berlin||
02-03|mentor|formal|2024-11-20|4|writing, speaking||advanced|3|1|wed 17:00-19:00|Europe/Lisbon||
02-03|mentor|formal|2022-02-14|15|rust, embedded|rust|expert|2|1|sat 09:00-12:00|Europe/Berlin||
02-04|mentor|group|2024-01-08|7|speaking, facilitation||advanced|5|3|thu 17:30-20:00|Europe/Paris||
02-04|mentor|formal|2025-03-03|5|design, accessibility|css|advanced|3|1|mon 19:00-21:00|Europe/Warsaw||
02-05|mentor|reverse|2025-04-18|1|machine-learning, python|pytorch|beginner|3|1|fri 16:00-18:00|Europe/Berlin||
02-05|mentor|reverse|2025-05-02|2|mobile, design|kotlin|beginner|2|1|tue 19:00-21:00|Europe/Madrid||
02-06|mentor|formal|2023-06-30|6|python, sql|django|advanced|4|2|mon 18:30-21:00, wed 18:00-20:00|Europe/Berlin||
02-06|mentor|formal|2024-08-15|8|operations, networking|linux|expert|3|1|sun 16:00-19:00|Europe/Athens||
02-09|mentor|formal, group|2023-12-01|10|testing, reviewing|python|expert|5|3|wed 18:00-21:00|Europe/Berlin||
02-09|mentor|formal|2024-04-04|3|writing, design||advanced|2|1|tue 17:00-19:00|Europe/London||
02-03|mentee|formal|2025-06-01|1|testing|python|beginner|4||mon 19:00-21:00, wed 18:00-19:00|Europe/Berlin|Test what I write|A suite runs on every change
02-04|mentee|formal|2025-08-20|2|sql|postgres|beginner|3||wed 18:00-19:30|Europe/Berlin|Ask a database good questions|Three reports that others use
02-05|mentee|formal|2025-03-15|0|writing||beginner|2||wed 17:00-18:00|Europe/Lisbon|Write for people|Two articles are published
02-06|mentee|formal|2025-10-01|3|design|css|intermediate|3||mon 19:00-20:30|Europe/Warsaw|Make pages that all can use|A page passes a review
02-09|mentee|formal|2025-09-09|1|operations|linux|beginner|2||sun 17:00-19:00|Europe/Athens|Keep a service up|A quarter without a night call
02-10|mentee|group|2025-07-07|2|speaking||beginner|3||thu 18:00-20:00|Europe/Berlin|Speak in public|One talk is held
02-10|mentee|group|2025-05-23|4|speaking||intermediate|2||thu 17:30-19:30|Europe/Paris|Speak in public|A workshop is held
02-11|mentee|group|2025-11-02|1|facilitation||beginner|2||thu 18:00-19:30|Europe/Vienna|Lead a meeting|Four meetings end in time
02-11|mentee|reverse|2021-01-30|22|machine-learning|spreadsheets|expert|2||fri 16:30-18:00|Europe/Berlin|See what models can do|One model is tried at work
02-12|mentee|reverse|2020-10-10|18|mobile|cobol|expert|2||tue 19:00-20:30|Europe/Madrid|Build something for a telephone|It runs on mine
02-12|mentee|peer|2025-02-02|3|rust|rust|intermediate|3||sat 10:00-12:00|Europe/Berlin|Read programs of others|One change of mine is merged
02-13|mentee|peer|2025-04-24|3|rust|rust|intermediate|3||sat 10:30-12:30|Europe/Prague|Write without fear of types|A small tool is released
02-13|mentee|formal|2025-01-17|1|robotics||beginner|3||sat 14:00-16:00|Europe/Berlin|Build an arm that moves|It lifts a cup
02-13|mentee|formal|2025-06-19|1|python|django|beginner|4||mon 19:00-20:30, wed 18:00-20:00|Europe/Berlin|Write a web page that remembers|Friends use it
02-14|mentee|formal|2025-08-08|1|reviewing, testing|python|beginner|4||wed 18:30-20:30|Europe/Rome|Read what others wrote|Ten reviews are thanked for
"""

#: What else everybody wrote, or handed in.
_SAME = {
    "Conduct": "3",
    "Why": "I learnt from others here, and would like to go on.",
    "Papers": "",
    "Work": "",
    "Peers": "",
}
_MENTORS = {"Papers": "https://programme.example/experience/{row}", "Work": "1", "Peers": "1"}


def _form() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, [*_HEAD, *_SAME])
    writer.writeheader()
    for number, line in enumerate(_ANSWERS.splitlines(), 1):
        told = dict(zip(_HEAD, line.split("|"), strict=True))
        told["Submitted"] = f"2026-{told['Submitted']}"
        also = {key: value.format(row=number) for key, value in _MENTORS.items()} if told["Part"] == "mentor" else {}
        writer.writerow({**told, **_SAME, **also})
    return out.getvalue()


#: The sheet, as the form gives it out.
FORM = _form()
#: How many rows it has beside its head.
ROWS = len(_ANSWERS.splitlines())

#: How its columns become fields; the sheet itself stays with the coordinator.
MAP = """\
kind: application
policy: MEM-02-03
columns:
  Submitted: applied
  Part: as
  Programmes: programmes
  Member since: member-since
  Years: experience-years
  Skills: skills
  Technologies: technologies
  Level: level
  Hours a month: hours-per-month
  Mentees at a time: capacity
  Free: free
  Time zone: time-zone
  Goal: goals.1.text
  How we will know: goals.1.measure
  Conduct: code-of-conduct.version
  Why: motivation-statement
  Papers: experience-documentation
  Work: references.professional
  Peers: references.community
fixed:
  title: "{as}, spring 2026"
  id: "{as}-{applicant}"
  references.status: asked
  code-of-conduct.on: "{applied}"
dates: iso
kept: vault/spring-2026.csv
rows-are: [application-form]
"""
