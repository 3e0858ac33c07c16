"""What the words of a dossier mean, and how it is checked, for somebody who has never seen a register."""

from __future__ import annotations

GLOSSARY = {
    "register": "a git repository whose folder records/ holds the governed records",
    "record": "one file: a partnership, an agreement, a review, a risk, an application, a pairing, a case",
    "policy": "the written policy as data, in the register; it judges every record that is under it",
    "clause": "a part of the written policy, down to the point: the section, a slash, the point",
    "stage": "where a record stands in the lifecycle that its policy gives it",
    "move": "a change of stage: one entry of the record's history, one commit of the repository",
    "gate": "everything that a policy demands for one move; each single demand is a requirement and cites its clause",
    "statement": "evidence, decision, waiver, score, acknowledgement or signature: who says what, when, on what",
    "withdrawn": "it stays in the file for ever, and counts no more from that day on",
    "seal": "four digests in each entry: the gate's demands, the fields that it covers, the statements used, the entry "
    "before it",
    "witnessed": "it landed within a day of the moment that it names, so the commit bears that out",
    "claimed": "of a moment or a digest: it is as somebody wrote it, and nothing here bears it out",
    "voided": "taken back because it never should have counted; it stays to be read",
    "audit": "every commit of the main line judged by the rules that stood before it, from the repository alone",
    "digest": "a short sum of bytes: whoever changes one byte gets another sum",
    "c1": "the digest of what a file says, whatever its layout: SHA-256 of its YAML as JSON with sorted keys, no white "
    "space, text in Unicode NFC, dates and decimals as text",
    "landed": "came onto the main line of the repository, with a commit",
}

_HASHES = (
    "Each command is run in a clone of the register (git clone), and needs git and sha256sum alone (on a Mac: shasum "
    "-a 256). The first word that it prints must be the one below it."
)
_COMMITS = (
    "The id of a commit is itself a digest of all that it holds and of every commit before it. Make the clone over the "
    "network, or with --no-local, and run git fsck: then git has made all of them anew."
)
_RULES = "That each move was by the rules no digest shows: for that, partnerkit audit judges all of it again."

HOW_TO_CHECK = (_HASHES, _COMMITS, _RULES)
