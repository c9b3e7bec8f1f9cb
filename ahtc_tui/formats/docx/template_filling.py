"""Fills Word templates: shipped ones in this process, those of a workspace in a child process with limits."""

from __future__ import annotations

import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from ahtc_tui.domain.i18n import _
from ahtc_tui.formats.docx import template_child

SHIPPED = Path(__file__).parents[1] / "templates"
CHILD_SCRIPT = Path(template_child.__file__)
CPU_SECONDS = 10
MEMORY_MEGABYTES = 1_000
UNDEFINED_NAME = re.compile(r"'([^']+)' is undefined|has no attribute '([^']+)'")


class TemplateFault(Exception):
    """A template cannot be filled; the text is the reason, as a clause."""


def fill_safely(template: Path, variables: dict[str, Any]) -> bytes:
    """Return a template filled with variables, as a Word document. Raises TemplateFault, OSError."""
    data = template.read_bytes()
    if template.parent == SHIPPED:
        return template_child.fill_template(data, variables)
    command = [sys.executable, "-I", str(CHILD_SCRIPT), str(CPU_SECONDS), str(MEMORY_MEGABYTES)]
    message = pickle.dumps((data, variables))
    try:
        child = subprocess.run(
            command,
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=2 * CPU_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise TemplateFault(_explain_limit()) from error
    if child.returncode or not child.stdout:
        raise TemplateFault(_explain_limit())
    if child.stdout.startswith(b"-"):
        kind, _end, text = child.stdout[1:].decode("utf-8", "replace").partition("\n")
        raise TemplateFault(_explain_fault(kind, text))
    return child.stdout[1:]


def _explain_limit() -> str:
    return _("it needs too much time or memory; remove its loops and repetitions")


def _explain_fault(kind: str, text: str) -> str:
    match kind:
        case "UndefinedError":
            match = UNDEFINED_NAME.search(text)
            return _('there is no placeholder "{name}"').format(name=(match[1] or match[2]) if match else text)
        case "TemplateSyntaxError":
            return _("a placeholder is incomplete ({reason})").format(reason=text)
        case "SecurityError":
            return _("a placeholder uses something that is not allowed ({reason})").format(reason=text)
        case "DocumentTooLarge" | "MemoryError" | "OverflowError":
            return _explain_limit()
    return _("it is not a Word document that can be filled")
