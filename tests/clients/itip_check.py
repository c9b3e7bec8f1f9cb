"""Prints whether libical accepts calendar files under iTIP (RFC 5546): "accepted", or the errors of each.

The Python of the system runs it, because that has the binding ICalGLib 3.0.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import gi  # type: ignore[import-not-found, unused-ignore]

gi.require_version("ICalGLib", "3.0")
from gi.repository import ICalGLib  # type: ignore[import-not-found, unused-ignore]  # noqa: E402  # the version comes first


def check_calendar(text: str) -> str:
    """Return the errors of libical for one calendar; it writes an error into the component."""
    component = ICalGLib.Component.new_from_string(text)
    if component is None:
        return "not a calendar"
    if component.check_restrictions() and component.count_errors() == 0:
        return "accepted"
    return str(component.as_ical_string())


if __name__ == "__main__":
    sys.stdout.write("\n\n".join(check_calendar(Path(name).read_bytes().decode()) for name in sys.argv[1:]))
    sys.stdout.flush()
    os._exit(0)  # the binding can crash while the interpreter winds down
