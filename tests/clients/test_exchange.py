"""Folders of calendars and cards through vdirsyncer and a Radicale server to another device, and back."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from ahtc_tui.domain.drafts.contacts import ContactDraft, build_contact_draft
from ahtc_tui.domain.drafts.meetings import MeetingDraft, build_meeting_draft
from ahtc_tui.domain.meetings.model import MeetingRow
from ahtc_tui.services.contacts.service import edit_contact, show_contact
from ahtc_tui.services.exports.exchange_folders import export_calendars, export_cards
from ahtc_tui.services.meetings.service import edit_meeting, list_meetings, show_meeting
from ahtc_tui.services.workspace import Workspace
from tests.builders import TODAY
from tests.clients.calendars import KHAL_CONFIG, run_program
from tests.clients.programs import find_program
from tests.services.exchange.folders import (
    add_board,
    add_officer,
    find_file,
    import_calendars,
    import_cards,
    list_files,
    replace_text,
)

pytestmark = pytest.mark.clients

START_SECONDS = 30
CONFIG = """\
[general]
status_path = "{home}/status"
[pair calendars]
a = "calendars_local"
b = "calendars_remote"
collections = [["calendars", "calendars", "calendars"]]
[storage calendars_local]
type = "filesystem"
path = "{home}"
fileext = ".ics"
[storage calendars_remote]
type = "caldav"
url = "{url}/"
[pair cards]
a = "cards_local"
b = "cards_remote"
collections = [["cards", "cards", "cards"]]
[storage cards_local]
type = "filesystem"
path = "{home}"
fileext = ".vcf"
[storage cards_remote]
type = "carddav"
url = "{url}/"
"""
NEW_COLLECTION = """<?xml version="1.0"?>
<mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:{kind}"><set><prop>
<resourcetype><collection/><C:{name}/></resourcetype></prop></set></mkcol>"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Radicale server without passwords."""
    program = find_program("radicale", "pip install radicale")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("radicale")
    options = ["--config", "", "--server-hosts", f"127.0.0.1:{port}", "--auth-type", "none"]
    options += ["--storage-filesystem-folder", str(folder)]
    log = (folder / "log").open("w")
    process = subprocess.Popen([program, *options], stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for_port(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a server answers. Raises AssertionError where it ends before."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "Radicale ended"
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("Radicale does not answer")


@dataclass(frozen=True)
class Device:
    """A computer with a folder of calendars and one of cards, and its vdirsyncer."""

    home: Path
    url: str

    @property
    def calendars(self) -> Path:
        """The folder of calendar files."""
        return self.home / "calendars"

    @property
    def cards(self) -> Path:
        """The folder of cards."""
        return self.home / "cards"

    def synchronise(self) -> None:
        """Run vdirsyncer, first to find the collections."""
        program = find_program("vdirsyncer", "pip install vdirsyncer")
        config = self.home / "vdirsyncer.conf"
        if not config.exists():
            for folder in (self.calendars, self.cards):
                folder.mkdir(exist_ok=True)
            config.write_text(CONFIG.format(home=self.home, url=self.url))
            run_program(program, "-c", config, "discover", home=self.home)
        run_program(program, "-c", config, "sync", home=self.home)


@pytest.fixture
def devices(server: str, tmp_path: Path) -> tuple[Device, Device]:
    """The computer of the office, and a telephone, with one account of the server."""
    url = f"{server}/{tmp_path.name}"
    urlopen(Request(f"{url}/", method="MKCOL")).close()
    for path, kind, name in (("calendars", "caldav", "calendar"), ("cards", "carddav", "addressbook")):
        body = NEW_COLLECTION.format(kind=kind, name=name).encode()
        urlopen(Request(f"{url}/{path}/", body, method="MKCOL")).close()
    homes = (tmp_path / "computer", tmp_path / "telephone")
    for home in homes:
        home.mkdir()
    return Device(homes[0], url), Device(homes[1], url)


def export(office: Workspace, device: Device) -> tuple[int, int]:
    """Export both folders; return how many files were written."""
    return export_calendars(office, device.calendars).written, export_cards(office, device.cards).written


def exchange(office: Workspace, computer: Device, telephone: Device) -> dict[str, int]:
    """Synchronise both devices, import and export, until both have the same files; return what the imports did."""
    telephone.synchronise()
    computer.synchronise()
    reports = import_calendars(office, computer.calendars), import_cards(office, computer.cards)
    export(office, computer)
    computer.synchronise()
    telephone.synchronise()
    return {
        name: sum(len(getattr(report, name)) for report in reports) for name in ("added", "changed", "questions")
    } | {"kept": sum(report.kept for report in reports)}


def check_exchange(office: Workspace, devices: tuple[Device, Device], meetings: int, contacts: int) -> None:
    """Change a tenth of the records there, another tenth here, and one field on both sides."""
    computer, telephone = devices
    for n in range(meetings):
        add_board(office, f"Board {n:03} Caerffili ŵ", starts=f"2014-01-{1 + n % 28:02} 10:00")
    for n in range(contacts):
        add_officer(office, f"Officer {n:03}", email=f"officer{n:03}@example.org", phone=f"029 2000 {n:04}")
    assert export(office, computer) == (meetings, contacts)
    computer.synchronise()
    telephone.synchronise()
    assert count_files(telephone) == count_files(computer) == (meetings, contacts)

    for n in range(meetings // 10):
        replace_text(find_file(telephone.calendars, f"Board {n:03}"), ("T100000", "T110000"))
        edit_meeting(office, find_ref(office, f"Board {n + meetings // 2:03}"), draft_meeting(venue="County Hall"))
    for n in range(contacts // 10):
        replace_text(find_file(telephone.cards, f"Officer {n:03}"), (f"officer{n:03}@", f"duty{n:03}@"))
        edit_contact(office, f"officer-{n + contacts // 2:03}", draft_contact(phone="029 2000 9999"))
    disputed = f"Board {meetings - 1:03}"
    replace_text(find_file(telephone.calendars, disputed), ("Cathays Park", "Bute Park"))
    edit_meeting(office, find_ref(office, disputed), draft_meeting(venue="Temple of Peace"))
    find_file(telephone.cards, f"Officer {contacts - 1:03}").unlink()

    counts = exchange(office, computer, telephone)
    changed = meetings // 10 + contacts // 10
    assert counts == {"added": 0, "changed": changed, "questions": 2, "kept": 0}
    assert f"{show(office, 'Board 000').starts:%H:%M}" == "11:00"
    assert show_contact(office, "officer-000").row.email == "duty000@example.org"
    assert show_contact(office, f"officer-{contacts - 1:03}").row.email
    assert "County Hall" in find_file(telephone.calendars, f"Board {meetings // 2:03}").read_text("utf-8")
    assert "9999" in find_file(telephone.cards, f"Officer {contacts // 2:03}").read_text("utf-8")

    calendars, cards = import_calendars(office, computer.calendars), import_cards(office, computer.cards)
    import_calendars(office, computer.calendars, {question.id: "theirs" for question in calendars.questions})
    import_cards(office, computer.cards, {question.id: "ours" for question in cards.questions})
    export(office, computer)
    counts = exchange(office, computer, telephone)
    assert counts == {"added": 0, "changed": 0, "questions": 0, "kept": 0}
    assert show(office, disputed).location == "Bute Park"
    assert count_files(telephone) == count_files(computer) == (meetings, contacts)
    assert read_lines(telephone) == read_lines(computer)


def find_ref(office: Workspace, title: str) -> str:
    return next(row.ref for row in list_meetings(office) if row.title.startswith(title))


def show(office: Workspace, title: str) -> MeetingRow:
    return show_meeting(office, find_ref(office, title)).row


def draft_meeting(**fields: str) -> MeetingDraft:
    return build_meeting_draft(fields, TODAY)


def draft_contact(**fields: str) -> ContactDraft:
    return build_contact_draft(fields, TODAY)


def count_files(device: Device) -> tuple[int, int]:
    return len(list_files(device.calendars)), len(list_files(device.cards))


def read_lines(device: Device) -> set[str]:
    """Return the lines of all files that tell what a record is."""
    names = ("UID", "SUMMARY", "DTSTART", "LOCATION", "FN", "EMAIL", "TEL")
    texts = [data.decode() for folder in (device.calendars, device.cards) for data in list_files(folder).values()]
    return {line for text in texts for line in text.splitlines() if line.partition(":")[0].partition(";")[0] in names}


@pytest.mark.long
def test_changes_on_both_devices_meet_through_a_server(workspace: Workspace, devices: tuple[Device, Device]) -> None:
    check_exchange(workspace, devices, 10, 10)


@pytest.mark.long
def test_two_hundred_meetings_and_three_hundred_contacts_meet(
    workspace: Workspace, devices: tuple[Device, Device]
) -> None:
    check_exchange(workspace, devices, 200, 300)


@pytest.mark.long
def test_khal_and_khard_read_the_folders_and_write_to_them(workspace: Workspace, tmp_path: Path) -> None:
    khal, khard = (find_program(name, f"pip install {name}") for name in ("khal", "khard"))
    add_board(workspace, "Board of Caerffili ŵ")
    add_officer(workspace, "Siân Officer")
    calendars, cards = tmp_path / "work", tmp_path / "cards"
    export_calendars(workspace, calendars)
    export_cards(workspace, cards)
    khal_config, khard_config = tmp_path / "khal.conf", tmp_path / "khard.conf"
    khal_config.write_text(KHAL_CONFIG.format(home=tmp_path))
    khard_config.write_text(f"[addressbooks]\n[[office]]\npath = {cards}\n")
    listed = run_program(khal, "-c", khal_config, "list", "14/01/2014", home=tmp_path)
    assert "10:00-12:00 Board of Caerffili ŵ" in listed
    assert "officer@example.org" in run_program(khard, "-c", khard_config, "email", home=tmp_path)
    when = ("20/01/2014", "09:00", "20/01/2014", "10:00")
    run_program(khal, "-c", khal_config, "new", "-a", "work", *when, "Visit to Bawso", home=tmp_path)
    (added,) = import_calendars(workspace, calendars).added
    assert (added.values["title"], added.values["starts"]) == ("Visit to Bawso", "2014-01-20T09:00:00")
    assert export_calendars(workspace, calendars).written == 0
    edit_meeting(workspace, str(added.ref), draft_meeting(venue="County Hall"))
    assert export_calendars(workspace, calendars).written == 1
    listed = run_program(khal, "-c", khal_config, "list", "-f", "{title} {location}", "20/01/2014", home=tmp_path)
    assert "Visit to Bawso County Hall" in listed
