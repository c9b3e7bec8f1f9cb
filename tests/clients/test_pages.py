"""axe-core and html-validate have nothing to say about agenda, minutes and papers as pages, in each language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ahtc_tui.domain.documents.meeting_document import DocumentKind, Edition
from ahtc_tui.domain.i18n import Language, use_language
from ahtc_tui.services.documents.briefs import export_brief
from ahtc_tui.services.documents.meeting_documents import export_document
from ahtc_tui.services.exports.commission import export_commission
from ahtc_tui.services.workspace import Workspace
from tests.clients.calendars import SCRIPT_FOLDER, run_program
from tests.clients.programs import find_program
from tests.clients.test_documents import make_long_meeting

pytestmark = [pytest.mark.clients, pytest.mark.long]


def test_pages_of_documents_pass_axe_and_html_validate(wales: Workspace, tmp_path: Path, node_modules: Path) -> None:
    node, chromium = find_program("node", "install Node 20"), find_program("chromium", "apt-get install chromium")
    ref, pages = make_long_meeting(wales), []
    for language in Language:
        with use_language(language):
            for kind in DocumentKind:
                page = tmp_path / f"{kind}-{language}.html"
                pages.append(export_document(wales, kind, ref, page, Edition(language=language), force=True).file)
            pages.append(export_brief(wales, "idmg", tmp_path / f"brief-{language}.html")[0])
            page = tmp_path / f"paper-{language}.html"
            pages.append(export_commission(wales, "celg-4-31-13", page, force=True).file)
    script = SCRIPT_FOLDER / "check_pages.js"
    output = run_program(node, script, chromium, *pages, home=tmp_path, NODE_PATH=str(node_modules))
    assert json.loads(output) == []
