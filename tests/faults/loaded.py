"""Everything that a command might load, loaded: what commands are forked off (see forking.py)."""

from __future__ import annotations

import importlib
import pkgutil

import partnerkit

for module in pkgutil.walk_packages(partnerkit.__path__, "partnerkit."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
