"""Which files of a tree are what, by their paths alone: records, rules, evidence, and what lies where nothing is."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from operator import itemgetter

from partnerkit.findings import Finding
from partnerkit.register import POLICIES_FOLDER, ROSTER_PATH, SETTINGS_PATH, RecordFile
from partnerkit.store.git.entries import ATTRIBUTES, FILE, READABLE, Entry, Listing
from partnerkit.store.record_paths import RECORDS, folder_kind, id_of, ids_in, with_ids

#: Where the files lie that say what is legal.
RULES = (SETTINGS_PATH, ROSTER_PATH, POLICIES_FOLDER)

#: Where GitHub, and where GitLab looks for owners: each takes the first that is there, and ignores the others.
OWNERS = (
    (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"),
    ("CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS"),
)

#: What judges a change, or says what is judged: whoever may change it may as well change the rules.
JUDGING = (".github/", ".gitlab/", ".gitlab-ci.yml", ATTRIBUTES, ".pre-commit-config.yaml")

_EVIDENCE = f"{RECORDS}evidence/"


def record_paths(files: dict[str, Entry]) -> dict[str, str]:
    """The records, by id: of two with one id the first plain file; the layout says so.

    A file that was only made executable is there all the same: what it says is judged, and its mode is found besides.
    """
    return laid_out(files)[0]


def layout(files: dict[str, Entry]) -> list[Finding]:
    """Files of records/ that are not what they should be."""
    return laid_out(files)[1]


def holds_no_rules(folder: str) -> bool:
    """Whether a folder, a slash at the end of its path, is one for records or evidence: no rule is looked for there."""
    return folder_kind(folder) is not None or folder.startswith(_EVIDENCE)


def laid_out(files: dict[str, Entry]) -> tuple[dict[str, str], list[Finding]]:
    """Both at once: the paths of ten thousand records are looked at one time."""
    records: dict[str, str] = {}
    others: dict[str, str] = {}
    astray: list[tuple[str, ...]] = []
    for path, one in with_ids(sorted(files)):
        mode = files[path].mode
        if mode != FILE:
            astray.append(("no plain file", path, mode))
            if one is not None and mode in READABLE:
                others.setdefault(one, path)
        elif one is None:
            astray += _of_no_record(path)
        elif (other := records.setdefault(one, path)) is not path:
            astray.append(("used twice", path, one, other))
    return records | {one: path for one, path in others.items() if one not in records}, _told(astray)


def _told(astray: list[tuple[str, ...]]) -> list[Finding]:
    if not astray:
        return []
    from partnerkit.store.astray import told  # noqa: PLC0415 - hardly a file is

    return [told(*one) for one in astray]


def _of_no_record(path: str) -> Iterator[tuple[str, ...]]:
    if folder_kind(path) and not path.endswith("/.gitkeep"):
        yield "misnamed", path
    elif path.startswith(POLICIES_FOLDER) and among_rules(path) and not is_rule(path):
        yield "no policy", path
    elif path.endswith((".yaml", ".yml")) and not is_rule(path) and not path.startswith(_EVIDENCE):
        yield "nowhere", path


def judges(path: str) -> bool:
    """Whether a file judges changes, says who is asked to look at them, or what git makes of records."""
    if any(path == one or (one.endswith("/") and path.startswith(one)) for one in JUDGING):
        return True
    name = path.rpartition("/")[2]
    hides = name == ".gitignore" and (path == name or path.startswith(RECORDS))
    return name == ATTRIBUTES or hides or any(path in places for places in OWNERS)


def is_rule(path: str) -> bool:
    """Whether a file is one of those that say what is legal: a policy lies directly in its folder."""
    folder, _, name = path.rpartition("/")
    return path in {SETTINGS_PATH, ROSTER_PATH} or (f"{folder}/" == POLICIES_FOLDER and name.endswith(".yaml"))


def counts(path: str) -> bool:
    """Whether a file is one of which it counts who signed the commit that changes it."""
    return bool(folder_kind(path)) or is_rule(path)


def among_rules(path: str) -> bool:
    """Whether a file is one of them, or looks like a policy: while it is wrong, nothing can be judged."""
    return is_rule(path) or (path.startswith(POLICIES_FOLDER) and path.endswith(".yaml"))


def one_id(record: str, paths: list[str], changed: Collection[str]) -> Finding:
    """Two files of one record: the one that a step changed, of which others are there already."""
    message = f"the id {record} is used twice, in {' and '.join(paths)}: ids are unique in the whole register"
    return Finding("id-repeated", message, file=[path for path in paths if path in changed][-1], line=1, record=record)


def strays(findings: Iterable[Finding], latest: Callable[[str], RecordFile | None], *, unread: bool) -> frozenset[str]:
    """The files of which findings speak that never were a record, and the rules that nobody could read so.

    Args:
        findings: what is wrong with files.
        latest: the last version of a record that could be read, by its id; None where there never was one.
        unread: whether what the rules say now could not be read, so that what they said before still judges.
    """

    def never(path: str, code: str) -> bool:
        if is_rule(path):
            return unread or code == "not-a-plain-file"  # what it says may count all the same, and is judged then
        known = latest(id_of(path))
        return known is None or known.path != path

    return frozenset(one.file for one in findings if one.file is not None and never(one.file, one.code))


class Laid:
    """What lies where in a tree, worked out where it is asked for.

    Attributes:
        listing: their names.
        rules: the files among which rules are looked for.
    """

    def __init__(self, listing: Listing) -> None:
        self.listing = listing
        self.rules = listing.files(lambda folder: not holds_no_rules(folder))

    @functools.cached_property
    def files(self) -> dict[str, Entry]:
        """All files, by path, in order."""
        return self.listing.files()

    @functools.cached_property
    def astray(self) -> list[Finding]:
        """The files that are not what they should be."""
        if not self._by_names:
            return layout(self.files)
        others = self.listing.folders.keys() - self._of_records
        return layout({folder + name: Entry(FILE) for folder in others for name in self.listing.folders[folder]})

    @functools.cached_property
    def whole(self) -> dict[str, str]:
        """The path of each record by its id, in the order of the paths."""
        if not self._by_names:
            return laid_out(self.files)[0]
        records: dict[str, str] = {}
        for folder, names in self._names.items():
            paths = [folder + name for name in names]
            if folder in self._of_records:
                records.update(zip([name.removesuffix(".yaml") for name in names], paths, strict=True))
            else:
                records.update(laid_out(dict.fromkeys(paths, Entry(FILE)))[0])
        return dict(sorted(records.items(), key=itemgetter(1)))

    @functools.cached_property
    def _of_records(self) -> set[str]:
        """The folders of which all files are called like records."""
        return {folder for folder, names in self.listing.folders.items() if ids_in(folder, [*names]) is not None}

    @functools.cached_property
    def _by_names(self) -> bool:
        """Whether names tell what lies where: all are plain files, and no two are called like one record."""
        return not any(name.endswith(".yaml") for name in self._repeated) and not self.listing.odd()

    @functools.cached_property
    def paths(self) -> list[str]:
        """The paths of all files, in order."""
        return sorted([folder + name for folder, names in self._names.items() for name in names])

    @functools.cached_property
    def _names(self) -> dict[str, list[str]]:
        """The names of the files in each folder, in order."""
        return {folder: sorted(names) for folder, names in sorted(self.listing.folders.items())}

    def path(self, record_id: str) -> str | None:
        """Where a record lies; None where there is none.

        Which of several files of one id is the record, and whether any is, they say by themselves.
        """
        return laid_out(self.listing.named(f"{record_id}.yaml"))[0].get(record_id)

    def unlike(self, other: Laid) -> set[str]:
        """The ids of all records that may lie at another path than in another tree, where they are in both."""
        here, there = self.listing.folders, other.listing.folders
        found = self._repeated
        for folder in {*here, *there}:
            found = found | (here.get(folder, set()) ^ there.get(folder, set()))
        return {id_of(name) for name in found}

    def lacks(self, other: Laid) -> list[str]:
        """The files of records that another tree has and this one has not, in order."""
        here = self.listing.folders
        gone = (
            folder + name
            for folder, names in other.listing.folders.items()
            if folder_kind(folder)
            for name in names - here.get(folder, set())
        )
        return sorted(one for one, record in with_ids(gone) if record is not None)

    def of_kind(self, kind: str) -> list[str] | None:
        """The ids of the records in a kind's folder, by their paths; None where only a look at all tells."""
        found = self.listing.within(lambda folder: folder_kind(folder) == kind)
        alone = all(self._repeated.isdisjoint(names) for names in found.folders.values())
        return list(Laid(found).whole) if alone else None

    @functools.cached_property
    def _repeated(self) -> set[str]:
        """The names that files of several folders have."""
        found, met = set[str](), set[str]()
        for names in self.listing.folders.values():
            found |= met & names
            met |= names
        return found


class Places(Mapping[str, str]):
    """The path of each record by its id; where only some are asked for, only they are looked up."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid
        #: What was looked up, and all there is, once that was asked for; then what was said instead, and all of it.
        self._known: dict[str, str | None] = {}
        self._every: Mapping[str, str] | None = None
        self._said: dict[str, str] = {}
        self._both: Mapping[str, str] | None = None

    def copy(self) -> Places:
        """The same, to be changed beside these."""
        other = Places(self._laid)
        other._known, other._every, other._said = self._known, self._every, dict(self._said)
        return other

    def __getitem__(self, record_id: str) -> str:
        if record_id in self._said:
            return self._said[record_id]
        if self._every is not None:
            return self._every[record_id]
        if record_id not in self._known:
            self._known[record_id] = self._laid.path(record_id)
        if (path := self._known[record_id]) is None:
            raise KeyError(record_id)
        return path

    def __contains__(self, record_id: object) -> bool:
        every, said = self._every, self._said
        return (record_id in every or record_id in said) if every is not None else super().__contains__(record_id)

    def __setitem__(self, record_id: str, path: str) -> None:
        if self.get(record_id) != path:
            self._said[record_id], self._both = path, None

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def of_kind(self, kind: str) -> list[str]:
        """The ids of the records in a kind's folder."""
        found = self._laid.of_kind(kind) if self._every is None and not self._said else None
        if found is not None:
            return found
        every, folders = self._whole().items(), dict[str, str | None]()
        for _one, path in every:
            folder = path.rpartition("/")[0]
            if folder not in folders:
                folders[folder] = folder_kind(path)
        return [one for one, path in every if folders[path.rpartition("/")[0]] == kind]

    def _whole(self) -> Mapping[str, str]:
        if self._every is None:
            self._every = self._laid.whole
        if self._said and self._both is None:
            self._both = {**self._every, **self._said}
        return self._both or self._every
