"""Finds programs of other makers that read our files.

Continuous integration installs all of them, so that a missing one fails there. Elsewhere its tests are skipped.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def skip_missing(name: str, advice: str) -> NoReturn:
    """Skip the test of a missing program, or fail where every program is installed."""
    message = f"{name} is not available: {advice}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def find_program(name: str, advice: str) -> str:
    """Return the path of a program, in the folder of this Python or on the path."""
    local = Path(sys.executable).with_name(name)
    path = str(local) if local.exists() else shutil.which(name)
    if path is None:
        skip_missing(name, advice)
    return path
