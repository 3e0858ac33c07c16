"""Every code of a file that cannot be read, or lies where it must not: found in one register, mended in one go."""

from __future__ import annotations

import re
from collections.abc import Callable

from tests.place import Place
from tests.scenarios.codes.running import none_left, only

Spoil = Callable[[str], str | bytes]

FOLDER = "records/partnerships/"


def after(line: str) -> Spoil:
    """A line more, behind the name."""
    return lambda text: re.sub("(?m)^(name: .*)$", lambda found: f"{found[1]}\n{line}", text)


def name(line: str) -> Spoil:
    """Another line in the place of the name."""
    return lambda text: re.sub("(?m)^name: .*$", lambda _found: line, text)


def key(which: str, value: str) -> Spoil:
    return lambda text: re.sub(f"(?m)^{which}: .*$", f"{which}: {value}", text)


#: How a file is spoilt; what `partnerkit fmt` mends, and what somebody mends as the words say.
BY_FMT: dict[str, Spoil] = {
    "yaml-bom": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "yaml-crlf": lambda text: text.replace("\n", "\r\n").encode(),
}
BY_HAND: dict[str, Spoil] = {
    "yaml-tab": name("name:\tAcme"),
    "yaml-syntax": after("objectives: [builds"),
    "yaml-duplicate-key": after("name: Twice"),
    "yaml-ambiguous-scalar": name("name: 010"),
    "yaml-not-utf8": lambda text: text.encode().replace(b"name: ", b"name: Caf\xe9 "),
    "yaml-control-character": name('name: "A\\u001b[2J"'),
    "yaml-bidi-character": name("name: A\u202eB"),
    "yaml-too-large": after(f"# {'x' * 1_100_000}"),
    "yaml-too-deep": after(f"roles: {'{a: ' * 40}1{'}' * 40}"),
    "yaml-too-many-nodes": after("roles:" + "\n  - 1" * 50_001),
    "yaml-anchor": after("website: &here https://acme.example"),
    "yaml-tag": name("name: !!str Acme"),
    "yaml-merge-key": after("<<: {website: https://acme.example}"),
    "yaml-many-documents": lambda text: f"---\n{text}",
    "yaml-empty": lambda _text: "",
    "yaml-not-a-mapping": lambda _text: "- format: 1\n",
    "yaml-key-not-text": after("2026: a good year"),
    "yaml-complex-key": name("? name\n: Acme"),
    "unknown-key": after("ojectives: []"),
    "missing-key": lambda text: re.sub("(?m)^name: .*\n", "", text),
    "wrong-value": after("starts: soon"),
    "unknown-kind": key("kind", "partner"),
    "kind-differs": key("kind", "risk"),
    "id-differs": key("id", "another"),
    "policy-unknown": key("policy", "OPS-05-04"),
}

#: Copies of a record where none belongs.
ASTRAY = {
    "file-name": f"{FOLDER}Acme Inc.yaml",
    "unknown-folder": "records/partners/acme-inc.yaml",
    "id-repeated": f"{FOLDER}old/a-twin.yaml",
}
TWIN, PROGRAM = "a-twin", "not-a-plain-file"

#: Templates of documents that are of none, or read what is not there.
TEMPLATES = {
    "template-of-nothing": ("records/templates/agrement.md", "Thanks"),
    "template-broken": ("records/templates/thanks.md", "Thank you, {{ adressee }}"),
}

CODES = {*TEMPLATES, *BY_FMT, *BY_HAND, *ASTRAY, PROGRAM}


def test_each_is_found_in_its_file_and_gone_once_mended(place: Place) -> None:
    spoilt = BY_FMT | BY_HAND
    rows = "".join(f"{code},Acme\n" for code in (*spoilt, PROGRAM, TWIN))
    place.do("new", "partnership", "--from", place.write("new.csv", f"id,name\n{rows}"))
    good = {code: place.text(code) for code in spoilt}
    for code, spoil in spoilt.items():
        bad = spoil(good[code])
        assert bad != good[code], code
        place.path(code).write_bytes(bad if isinstance(bad, bytes) else bad.encode())
    twin = place.text(TWIN)
    for path in ASTRAY.values():
        (place.root / path).parent.mkdir(exist_ok=True)
        (place.root / path).write_text(twin, encoding="utf-8")
    for path, text in TEMPLATES.values():
        (place.root / path).parent.mkdir(exist_ok=True)
        (place.root / path).write_text(text, encoding="utf-8")
    place.path(PROGRAM).chmod(0o755)
    where = {code: f"{FOLDER}{code}.yaml" for code in (*spoilt, PROGRAM)} | ASTRAY
    where |= {code: path for code, (path, _text) in TEMPLATES.items()}

    found = place.findings()

    mends = {code: only(found, code, path)["mend"] for code, path in where.items()}
    assert all("partnerkit fmt" in mends[code] for code in BY_FMT)
    assert mends[PROGRAM] == f"chmod -x {where[PROGRAM]}"
    place.path(PROGRAM).chmod(0o644)
    for path in (*ASTRAY.values(), *(path for path, _text in TEMPLATES.values())):
        (place.root / path).unlink()
    for code in BY_HAND:
        place.path(code).write_text(good[code], encoding="utf-8")
    place.do("fmt")
    left = place.findings()
    for code, path in where.items():
        none_left(left, code, path)
    assert place.git("status", "--porcelain") == ""
