"""Write what lets a forge judge record changes: workflows for GitHub, jobs for GitLab."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Literal

from partnerkit import __version__
from partnerkit.dataclass import dataclass, replace
from partnerkit.errors import WrongCallError
from partnerkit.findings import Finding
from partnerkit.jobs import setup_site
from partnerkit.jobs.desk import Desk
from partnerkit.jobs.pieces import Mention, Piece, WholeFile, Written, is_sealed, keep, said, take_away
from partnerkit.store.disk.paths import look
from partnerkit.store.git.branches import default_branch
from partnerkit.store.git.repository import Git
from partnerkit.store.git.trees import WorkingTree
from partnerkit.store.installed import direct_url
from partnerkit.store.templates import template, templates
from partnerkit.store.yaml.reader import read

Forge = Literal["github", "gitlab"]

_FOLDERS: dict[Forge, str] = {"github": ".github/workflows", "gitlab": ".gitlab"}
#: Where a register may say in which versions what partnerkit needs is installed, and where a job installs it.
_PINS: dict[Forge, str] = {"github": ".github", "gitlab": ".gitlab"}
_TEMPORARY: dict[Forge, str] = {"github": "RUNNER_TEMP", "gitlab": "PARTNERKIT_FOLDER"}
_INCLUDING = ".gitlab-ci.yml"
_INCLUDED = ".gitlab/partnerkit.yml"
_NAMED = re.compile(rf"(?<![\w./-])/?{re.escape(_INCLUDED)}(?![\w./-])")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_BESIDE = "(as one more entry, where it has an include; where its stages lack test: .partnerkit: {stage: one of them})"
#: The job that GitLab publishes is called so, and there is one of a name.
_PAGES = "pages"
_MIXED = (
    f"{_INCLUDING} has a job {_PAGES} of its own: GitLab mixes it with the one for the site, and what yours says wins"
)

#: Where partnerkit comes from: a word for the version that writes the files, which moves on with it.
_THIS = "partnerkit"
_VERSION = r"partnerkit==\d{1,9}(?:\.\d{1,9}){1,3}(?:(?:a|b|rc|\.post|\.dev)\d{1,9})?"
_HOST = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::\d{1,5})?"
_SOURCE = re.compile(rf"{_VERSION}|git\+https://{_HOST}(?:/[A-Za-z0-9_~][A-Za-z0-9_.~-]*)+@[0-9a-f]{{40}}", re.ASCII)
#: The first line of a file that was written; where older ones name no source, the version that writes them was meant.
_WROTE = re.compile(
    rf"# partnerkit: partnerkit setup ci --forge [a-z]+ (?:--from ({_SOURCE.pattern}|{_THIS}) )?"
    r"(?:--site [a-z]+ )?wrote this ",
    re.ASCII,
)
#: A filter of branches as it is written, and what means something in one.
_FILTERED = re.compile(r'^ +branches: \[("(?:[^"\\\n]|\\.)*")\]$', re.MULTILINE)
_SPECIAL = re.compile(r"([+!\\])")
_LAST_OF_FOUR_DIGITS = "\uffff"
_QUOTED = re.compile(r"\\([+!\\])")
_NAMES_ONE = "partnerkit setup ci --forge {} --from git+https://<where partnerkit lives>@<commit>"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was asked for; what is None is as the files say already.

    Attributes:
        source: where partnerkit comes from; else from where this one came.
        branch: the one to which everything is merged; else the default branch.
        site: the level of the site that is built, or that none is; else none.
    """

    source: str | None = None
    branch: str | None = None
    site: str | None = None


def ci(desk: Desk, forge: Forge, given: Asked, *, check: bool) -> Written:
    """Write what a forge runs for pull requests, the main branch and what is due; where it was asked for, the site.

    Args:
        desk: where and when.
        forge: where the register lies.
        given: what was asked for.
        check: whether to write nothing.

    Raises:
        CannotWorkError: there is no register here.
        WrongCallError: the source is not pinned, the files name several, or nobody else could install from it; the
            branch can be none; or no job builds such a site.
    """
    desk.working_tree().demand()
    place = setup_site.where(forge)
    first = _first_line(desk, place)
    level = setup_site.asked(given.site, first)
    shipped = {f"{_FOLDERS[forge]}/{name}": text for name, text in templates(forge).items()}
    if level is not None:
        shipped[place] = shipped.get(place, "") + setup_site.job(forge, level)
    named = _demanded(given.source) if given.source is not None else _remembered(desk, shipped) or _own(forge)
    branch = _named_branch(desk.git, given.branch) or _kept_branch(desk, shipped) or main_branch(desk.git)
    command = f"partnerkit setup ci --forge {forge} --from {named}"
    commands = {place: f"{command} --site {level}"} if level is not None else {}
    filled = _values(forge, named, branch)
    pieces: list[Piece] = [
        WholeFile(path, _filled(text, filled), commands.get(path, command)) for path, text in shipped.items()
    ]
    if forge == "gitlab":
        pieces.append(
            Mention(_INCLUDING, f"include: [{{local: {_INCLUDED}}}]\n", _INCLUDED, command, _BESIDE, _includes)
        )
    done = keep(desk, pieces, check=check)
    if forge == "gitlab" and level == "public":
        done = done.and_then(_mixed(desk, f"{command} --site internal"))
    if given.site == setup_site.NONE and place not in shipped:
        done = done.and_then(take_away(desk, place, f"{command} --site {setup_site.NONE}", check=check))
    return replace(done, notes=setup_site.notes(forge, level, first))


def _values(forge: Forge, named: str, branch: str) -> dict[str, str]:
    """What stands for what in the templates of a forge."""
    return {
        "@INSTALL@": template("install.sh").rstrip(),
        "@PINS@": f"{_PINS[forge]}/partnerkit-requirements.txt",
        "@FOLDER@": _TEMPORARY[forge],
        "@SOURCE@": f"partnerkit=={__version__}" if named == _THIS else named,
        "@BRANCH@": _filter(branch),
        "@REF@": _ref(branch),
    }


def _first_line(desk: Desk, path: str) -> str:
    return (WorkingTree(desk.git).read(path) or b"").decode("utf-8", "replace").partition("\n")[0]


def _demanded(source: str) -> str:
    """A source that was given. It goes into YAML and a shell: nothing else may."""
    if source != _THIS and _SOURCE.fullmatch(source) is None:
        message = f"{source!r} names no version of partnerkit for good"
        raise WrongCallError(message, "partnerkit==1.2.3, git+https://…@<all 40 characters of a commit>, or partnerkit")
    return source


def _remembered(desk: Desk, paths: Iterable[str]) -> str | None:
    """The source that the files name in their first line; None where there is none of them."""
    first = (_first_line(desk, path) for path in paths)
    wrote = {one[1] or _THIS for one in map(_WROTE.match, first) if one is not None}
    found = sorted(wrote - {_THIS})
    if len(found) > 1:
        message = f"the files say that partnerkit comes from {' and from '.join(found)}"
        raise WrongCallError(message, "say which, with --from")
    return found[0] if found else min(wrote, default=None)


def _own(forge: Forge) -> str:
    """From where this partnerkit was installed, if others can install it from there, too."""
    noted = direct_url()
    if noted is None:
        return _THIS
    version = noted.get("vcs_info")
    if isinstance(version, dict) and "subdirectory" not in noted:
        found = f"git+{noted.get('url')}@{version.get('commit_id')}"
        if _SOURCE.fullmatch(found) is not None:
            return found
    message = "this partnerkit was not installed from a package index, nor by a commit from an https address"
    if "dir_info" in noted:
        message = "this partnerkit was installed from a folder, which no forge can reach"
    raise WrongCallError(f"{message}: say where a forge gets it from; nothing changed", _NAMES_ONE.format(forge))


def main_branch(git: Git) -> str:
    """The branch to which everything is merged: that of the remote, else one called main, else the one checked out."""
    known = default_branch(git)
    if known is not None:
        return known.branch
    return (git.branch() or "refs/heads/main").removeprefix("refs/heads/")


def _named_branch(git: Git, branch: str | None) -> str | None:
    if branch is not None and git.run("check-ref-format", f"refs/heads/{branch}", ok=(0, 1)).code:
        raise WrongCallError(f"git has no branch of the name {branch!r}", "--branch main")
    return branch


def _kept_branch(desk: Desk, paths: Iterable[str]) -> str | None:
    """The branch that the files name, as partnerkit wrote them; None where there is none of them.

    Raises:
        WrongCallError: they name several.
    """
    texts = [said(look(desk.git.root, path))[0] or "" for path in paths]
    filters = [one for text in texts if is_sealed(text) for one in _FILTERED.findall(text)]
    found = sorted({_QUOTED.sub(r"\1", json.loads(one)) for one in filters})
    if len(found) > 1:
        raise WrongCallError(f"the files name the branches {' and '.join(found)}", "say which, with --branch")
    return found[0] if found else None


def _filter(branch: str) -> str:
    """A filter of branches, as YAML, that names one alone; git allows no star, question mark or bracket in a name."""
    return _yaml(_SPECIAL.sub(r"\\\1", branch))


def _ref(branch: str) -> str:
    """A branch as YAML for a place in which GitHub looks for expressions: what would begin one is said by one."""
    return _yaml(f"refs/heads/{branch}".replace("${{", "${{ '${{' }}"))


def _yaml(said: str) -> str:
    """A text as YAML, which joins no surrogates: what lies beyond the first 65,536 characters stands for itself."""
    text = json.dumps(said, ensure_ascii=False)
    return "".join(one if one.isprintable() or one > _LAST_OF_FOUR_DIGITS else f"\\u{ord(one):04x}" for one in text)


def _includes(text: str) -> bool:
    """Whether a .gitlab-ci.yml includes the jobs; of one with tags of GitLab's own, whether it names them at all."""
    found = _jobs(text)
    if found is None:
        return any(_NAMED.search(_COMMENT.sub("", line)) for line in text.split("\n"))
    said = found.get("include", [])
    entries = said if isinstance(said, list) else [said]
    paths = (one.get("local") if isinstance(one, dict) else one for one in entries)
    return any(isinstance(one, str) and one.removeprefix("/") == _INCLUDED for one in paths)


def _mixed(desk: Desk, instead: str) -> Written:
    """What is told where a person's .gitlab-ci.yml has a job of the name that GitLab publishes, too."""
    theirs = _jobs(said(look(desk.git.root, _INCLUDING))[0] or "") or {}
    if _PAGES not in theirs:
        return Written([], [])
    mend = f"give it another name; or {instead}"
    return Written([], [Finding("setup-changed-by-hand", _MIXED, file=_INCLUDING, line=1, mend=mend)])


def _jobs(text: str) -> Mapping[str, object] | None:
    """What a .gitlab-ci.yml says; None where it has tags of GitLab's own."""
    document, _ = read(text.encode("utf-8", "surrogateescape"), _INCLUDING)
    return None if document is None else document.data


def _filled(text: str, values: dict[str, str]) -> str:
    """A template with its values; what has several lines is indented like its first."""
    for name, value in values.items():
        before = re.search(rf"^ *(?={name})", text, re.MULTILINE)
        text = text.replace(name, value.replace("\n", f"\n{before[0]}" if before is not None else "\n"))
    return text
