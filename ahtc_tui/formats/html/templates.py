"""Templates of HTML pages: values are escaped, and the style is allowed by its digest alone."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from jinja2 import Environment

FOLDER = resources.files("ahtc_tui.formats") / "templates"
MAX_TITLE = 70
"""Number of letters that programs show of the title of a page."""


@cache
def read_template(name: str) -> str:
    """Return the text of a template."""
    return (FOLDER / name).read_text(encoding="utf-8")


def create_environment(*names: str) -> Environment:
    """Return an environment of these templates that escapes values and fails on unknown ones."""
    from jinja2 import DictLoader, StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({name: read_template(name) for name in names}),
    )


def build_style(name: str, marking: str) -> tuple[str, str]:
    """Return a style sheet with the marking that each printed page has, and its digest."""
    style = read_template(name).replace("MARKING", marking)
    return style, base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def join_titles(titles: Sequence[str]) -> str:
    """Return the title of a page in its languages; where that is too long to be shown, in the first."""
    return min(" | ".join(titles), titles[0], key=lambda title: len(title) > MAX_TITLE)
