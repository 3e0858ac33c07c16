"""A stand-in for curl against the issues of a project on GitLab, over one JSON file, as our job asks for them."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

STATE = Path(os.environ["FORGE_STATE"])
API = "https://gitlab.example/api/v4/projects/7/issues"


def main(words: list[str]) -> int:
    method, url = "GET", ""
    fields: dict[str, str] = {}
    rest = iter(words)
    for word in rest:
        if word == "--request":
            method = next(rest)
        elif word in {"--data", "--data-urlencode"}:
            given = next(rest)
            key, _, value = given.partition("=")
            name, _, path = given.partition("@")
            fields |= {key: value} if "=" in given else {name: Path(path).read_text(encoding="utf-8")}
        elif word == "--config":
            assert Path(next(rest)).read_text(encoding="utf-8") == 'header = "PRIVATE-TOKEN: a-token"\n'
        elif word == "--output":
            next(rest)
        elif word.startswith("https://"):
            url = word
    state = json.loads(STATE.read_text(encoding="utf-8"))
    found = state["issues"]
    if method == "GET" and url == API:
        sys.stdout.write(json.dumps([one for one in found if fields["search"] in one["description"]]))
    elif method == "POST" and url == API:
        found.append({"iid": len(found) + 1, **fields})
    else:
        assert method == "PUT", words
        next(one for one in found if url == f"{API}/{one['iid']}").update(fields)
    STATE.write_text(json.dumps(state), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
