"""Programs that we did not write, which the tests beside this file let read our files.

Continuous integration installs them all: there a missing one fails. Elsewhere its tests are passed over, and say so.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NoReturn

import pytest


def absent(name: str, advice: str) -> NoReturn:
    """Say that a program is missing: a failure where everything is installed, else the reason for passing over."""
    words = f"{name} is not installed: {advice}"
    if os.environ.get("CI"):
        pytest.fail(words)
    pytest.skip(words)


def program(name: str, advice: str) -> str:
    """The path of a program, beside this Python or on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    if found is None:
        absent(name, advice)
    return found
