"""Program that fills a Word template from standard input to standard output. It imports no other module of the package.

`limited_program` runs it for templates that came from elsewhere.

Standard input is a pickled tuple: the template as bytes, and its variables. Standard output is "+" and the document, or
"-" and the name and text of an error, on a line each.
"""

from __future__ import annotations

import pickle
import sys
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

LARGEST_CONTENT = 100_000_000
"""Largest document, in bytes before compression."""

EXPLAINED_ERRORS = (
    "UndefinedError",
    "TemplateSyntaxError",
    "SecurityError",
    "DocumentTooLarge",
    "MemoryError",
    "OverflowError",
)


class DocumentTooLarge(Exception):
    """The document is larger than the limit."""


def fill_template(template: bytes, variables: dict[str, Any]) -> bytes:
    """Return the template filled with variables, as a Word document. Raises many types for other files."""
    from docxtpl import DocxTemplate

    filled = DocxTemplate(BytesIO(template))
    filled.render(variables, _open_environment())
    buffer = BytesIO()
    filled.save(buffer)
    with ZipFile(buffer) as archive:
        if sum(member.file_size for member in archive.infolist()) > LARGEST_CONTENT:
            raise DocumentTooLarge
    return buffer.getvalue()


@cache
def _open_environment() -> Any:
    """Return the environment of all templates. It keeps compiled templates: a letter to each lead has the same one."""
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    environment: Any = SandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.from_string = lru_cache(maxsize=32)(environment.from_string)
    return environment


def main() -> None:
    """Fill the template of standard input."""
    template, variables = pickle.loads(sys.stdin.buffer.read())
    try:
        message = b"+" + fill_template(template, variables)
    except Exception as error:
        message = f"-{name_error(error)}\n{error}".encode("utf-8", "replace")
    sys.stdout.buffer.write(message)


def name_error(error: Exception) -> str:
    """Return the name of the first class of an error that has a sentence of its own, else an empty text."""
    names = (parent.__name__ for parent in type(error).__mro__)
    return next((name for name in names if name in EXPLAINED_ERRORS), "")


if __name__ == "__main__":
    main()
    sys.stdout.buffer.flush()
