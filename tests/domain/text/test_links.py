"""Links: schemes that are accepted."""

from __future__ import annotations

import pytest

from ahtc_tui.domain.drafts.evidence import WebPageDraft
from ahtc_tui.domain.drafts.meetings import build_meeting_draft
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.text.links import find_scheme
from ahtc_tui.formats.ics.invitation_text import parse_uri
from tests.builders import TODAY

REFUSED = (
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    "java\tscript:alert(1)",
    " javascript :alert(1)",
    "\u200bjavascript:alert(1)",
    "javascript\uff1aalert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "vbscript:x",
)


@pytest.mark.parametrize("link", REFUSED)
def test_a_link_that_would_run_a_program_or_open_a_file_is_refused(link: str) -> None:
    for read in (build_meeting_draft, WebPageDraft.read):
        with pytest.raises(BadInput, match="is not a link"):
            read({"link": link}, TODAY)
    assert parse_uri(link) is None


@pytest.mark.parametrize(
    "link",
    [
        "https://teams.example.org/l/meetup?id=1",
        "HTTP://example.org",
        "msteams:/l/meetup",
        "tel:+442920000000",
        "mailto:forum@example.org",
        "teams.example.org:8443/1",
        "Room 2, then https://example.org",
    ],
)
def test_addresses_calls_and_plain_words_are_accepted(link: str) -> None:
    assert build_meeting_draft({"link": link}, TODAY).link == link


def test_a_port_is_no_scheme() -> None:
    assert find_scheme("teams.example.org:8443/1") == ""
    assert find_scheme("MSTeams:/l/1") == "msteams"
