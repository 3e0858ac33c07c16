"""What a PDF says, read by a program that knows nothing of how it was made."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest


def pdf_text(file: Path, *words: str) -> str:
    """The text of a PDF; the test is skipped where nothing on this machine reads one."""
    program = shutil.which("pdftotext") or pytest.skip("pdftotext is not on this machine")
    return subprocess.run([program, *words, str(file), "-"], capture_output=True, text=True, check=True).stdout
