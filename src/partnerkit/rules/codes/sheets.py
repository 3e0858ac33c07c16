"""Sheets and matching: the codes of its findings."""

from __future__ import annotations

from partnerkit.rules.codes.code import Code, Theme

THEME = Theme(
    "Sheets and matching",
    "Rows that are asked about, and pairs that cannot be.",
    {
        "row-unclear": Code(
            "A row of a spreadsheet can mean several things, or none: it is asked, never guessed.",
            bad="starts: 03/04/2026, which can be two days",
            good="dates: day-first, in the map",
            mend="answer it in the map or the sheet, or --leave-out such rows",
        ),
        "match-unproven": Code(
            "A proposal of the matching is not what it says: somebody changed it, or it was made for other people or other criteria. Its prices show that nothing is better, and they do not any more. Nobody is paired by it.",
            bad="a proposal whose pairs somebody edited",
            good="partnerkit match propose formal --cycle 2026-spring",
            mend="propose anew, or accept what is proven",
        ),
        "match-impossible": Code(
            "Two people cannot be paired: one of them cannot be matched now, or something stands against it that no score makes up for. A conflict of interest, and the wish of either, no person puts aside.",
            bad="match accept of two who declared a conflict",
            good="another pair",
            mend="`partnerkit match explain MENTEE --why-not MENTOR` says what stands against it",
        ),
        "match-full": Code(
            "A mentor would have more mentees than there is room for. The room is theirs to say: it is a field of their application.",
            bad="three mentees for a mentor with room for two",
            good="two of them",
            mend="another mentor, or `partnerkit set ID capacity=…` where they can take on more",
        ),
    },
)
