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


def skip_missing(name: str, advice: str) -> NoReturn:
    """Say that a program is missing: a failure where everything is installed, else the reason for passing over."""
    message = f"{name} is not installed: {advice}"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def find_program(name: str, advice: str) -> str:
    """The path of a program, beside this Python or on the path."""
    local = Path(sys.executable).with_name(name)
    path = str(local) if local.exists() else shutil.which(name)
    if path is None:
        skip_missing(name, advice)
    return path
