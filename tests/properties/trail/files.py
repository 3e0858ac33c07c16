"""Tampering with files: a record or a paper is gone, lies elsewhere, or is another one."""

from __future__ import annotations

from tests.properties.forging import written
from tests.properties.supply import Files
from tests.properties.trail.story import Story, Tampering
from tests.second_judge.past import everything_said
from tests.second_judge.reading import parsed


def record_deleted(story: Story) -> Tampering:
    """A record's file is gone."""
    place = story.somewhere()
    name = story.record_before(place)["id"]
    path = story.before(place).paths[name]
    return Tampering(
        place, name, ("record-deleted",), lambda files: {key: raw for key, raw in files.items() if key != path}
    )


def record_renamed(story: Story) -> Tampering:
    """A record's file lies elsewhere."""
    place = story.somewhere()
    name = story.record_before(place)["id"]
    path = story.before(place).paths[name]
    to = path.replace(f"{name}.yaml", f"old/{name}.yaml")
    return Tampering(
        place, name, ("record-moved",), lambda files: {to if key == path else key: raw for key, raw in files.items()}
    )


def renamed_as_new(story: Story) -> Tampering:
    """A record goes on under another name, as if it had always been called so."""
    place = story.somewhere()
    name = story.record_before(place)["id"]
    path = story.before(place).paths[name]
    to = path.replace(f"{name}.yaml", "called-otherwise.yaml")

    def edit(files: Files) -> Files:
        found = {key: raw for key, raw in files.items() if key != path}
        return found | ({to: written({**parsed(files[path]), "id": "called-otherwise"})} if path in files else {})

    return Tampering(place, name, ("record-deleted",), edit)


def evidence_changed(story: Story) -> Tampering:
    """A file of evidence is another one, or gone."""
    place = story.somewhere()
    held = story.before(place).files
    shown = [
        (name, said.raw["ref"])
        for name, one in story.before(place).records.items()
        for said in everything_said(one)
        if said.raw.get("ref") in held and said.taken_back is None
    ]
    name, path = story.pick(sorted(shown))
    if story.random.random() < 0.5:
        return Tampering(
            place, name, ("evidence-missing",), lambda files: {key: raw for key, raw in files.items() if key != path}
        )
    return Tampering(
        place,
        name,
        ("evidence-changed",),
        lambda files: {**files, path: b"Something else.\n"} if path in files else files,
    )


FILES = [record_deleted, record_renamed, renamed_as_new, evidence_changed]
