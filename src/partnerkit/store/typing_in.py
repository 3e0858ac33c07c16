"""A person's own editor, for what is easier typed than given as arguments."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from partnerkit.errors import CannotWorkError


def in_editor(text: str) -> str:
    """Open a text in $VISUAL or $EDITOR, and return what was saved.

    Raises:
        CannotWorkError: no editor is set, or it did not end well.
    """
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not editor:
        raise CannotWorkError("no editor is set", "EDITOR=nano partnerkit set <id>, or give key=value pairs")
    with tempfile.TemporaryDirectory(prefix="partnerkit-") as folder:
        path = Path(folder) / "record.yaml"
        path.write_text(text, encoding="utf-8")
        ended = subprocess.run([*shlex.split(editor), str(path)], check=False)
        if ended.returncode != 0:
            raise CannotWorkError(f"the editor ended with {ended.returncode}; nothing changed")
        return path.read_text(encoding="utf-8")
