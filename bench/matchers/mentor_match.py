"""The same points given to mentor-match, as its one rule: a pair that is not possible is disqualified."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from matching.mentee import Mentee
from matching.mentor import Mentor
from matching.process import process_data
from matching.rules.rule import Disqualify, Rule

points = [dict(row) for row in json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))]


class Points(Rule):  # type: ignore[misc]  # the package has an environment of its own
    """Points worked out before: the time is that of the package alone."""

    def apply(self, match_object):
        """The points of a pair."""
        return points[match_object.mentee.role].get(match_object.mentor.role, 0)


def someone(kind, number):
    """Somebody, known by a number."""
    return kind(grade="1", email=f"{number}", role=number)


mentors = [someone(Mentor, number) for number in range(len(points))]
mentees = [someone(Mentee, number) for number in range(len(points))]
impossible = Disqualify(lambda match: match.mentor.role not in points[match.mentee.role])
began = time.process_time()
process_data(mentors, mentees, [[Points(), impossible]])
ended = time.process_time()
found = [points[mentee.role][mentee.connections[0].role] for mentee in mentees if mentee.connections]
print(json.dumps({"solve": ended - began, "placed": len(found), "lowest": min(found), "total": sum(found)}))
