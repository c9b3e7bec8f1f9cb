"""Program that runs another program of the package with limits on CPU time and memory.

    python limited_program.py SECONDS MEGABYTES PROGRAM [ARGUMENT ...]

On a file that came from elsewhere a library may loop for ever, request more memory than there is or abort the process.
In a child process the application survives this. This program imports no other module of the package.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from math import ceil
from pathlib import Path


def build_command(
    program: Path, *arguments: str, seconds: float, megabytes: int, flags: Sequence[str] = ("-I",)
) -> list[str]:
    """Return the command that runs a Python program with limits, in whole seconds; `flags` are options of Python."""
    return [sys.executable, *flags, __file__, str(ceil(seconds)), str(megabytes), str(program), *arguments]


def main(seconds: int, megabytes: int, program: str, *arguments: str) -> None:
    """Set the limits of this process, then run the program in it."""
    _set_limits(seconds, megabytes)
    sys.argv = [program, *arguments]
    runpy.run_path(program, run_name="__main__")


def _set_limits(seconds: int, megabytes: int) -> None:
    if sys.platform == "win32":
        return  # it has no such limits; the timer of the parent remains
    import resource

    for resource_kind, limit in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(resource_kind, (limit, limit))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), *sys.argv[3:])
