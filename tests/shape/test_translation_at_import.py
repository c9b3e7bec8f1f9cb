"""No text is translated while a module is imported, since the language is chosen later and can change."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.shape.tree import ROOT

IMPORT_EVERYTHING = """
import gettext, importlib, pkgutil, traceback

messages = []

def record(_translations, *arguments):
    place = [frame for frame in traceback.extract_stack() if "ahtc_tui" in frame.filename and frame.name == "<module>"]
    messages.append(f"{place[-1].filename}:{place[-1].lineno}: {arguments}")
    return arguments[0]

for name in ("gettext", "ngettext", "pgettext", "npgettext"):
    setattr(gettext.NullTranslations, name, record)
import ahtc_tui
for module in pkgutil.walk_packages(ahtc_tui.__path__, "ahtc_tui."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
print("\\n".join(messages))
"""


@pytest.mark.long
def test_importing_translates_nothing() -> None:
    """Tables hold `gettext_noop("...")`; `_` is called where a text is shown, as is `label` of an enumeration."""
    completed = subprocess.run(
        [sys.executable, "-c", IMPORT_EVERYTHING], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (completed.stdout.strip(), completed.stderr) == ("", "")
