"""The pages of the guide, a task each, in English and in Welsh."""

from __future__ import annotations

from tests.shape.tree import ROOT

GUIDE_NAMES = {
    "guide.md": "canllaw.md",
    "monday.md": "dydd-llun.md",
    "before-a-meeting.md": "cyn-cyfarfod.md",
    "at-a-meeting.md": "mewn-cyfarfod.md",
    "after-a-meeting.md": "ar-ol-cyfarfod.md",
    "returns.md": "ffurflenni.md",
    "two-laptops.md": "dau-liniadur.md",
    "a-request.md": "cais.md",
    "leaving.md": "gadael.md",
    "reference.md": "cyfeirlyfr.md",
}
"""The name of each English page, and that of the same page in Welsh."""
ENGLISH_PAGES = [ROOT / "docs" / name for name in GUIDE_NAMES]
WELSH_PAGES = [ROOT / "docs" / name for name in GUIDE_NAMES.values()]
GUIDE_PAGES = [*ENGLISH_PAGES, *WELSH_PAGES]
