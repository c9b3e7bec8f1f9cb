"""The pages over the modes, which keys, palette and Reports open by name."""

from __future__ import annotations

import re

import pytest

from ahtc_tui.tui.base.desk_screen import DeskScreen
from ahtc_tui.tui.keys import KEYS
from ahtc_tui.tui.reports import screen as reports
from ahtc_tui.tui.shell.modes import PAGES, find_page_class


@pytest.mark.parametrize("name", sorted(PAGES))
def test_a_page_has_a_screen(name: str) -> None:
    assert issubclass(find_page_class(name), DeskScreen)


def test_keys_and_reports_open_only_pages_that_exist() -> None:
    names = {match[1] for key in KEYS if (match := re.fullmatch(r"app\.page\('(.+)'\)", key.action))}
    assert names == set(PAGES)
    assert set(PAGES) >= reports.PAGES
