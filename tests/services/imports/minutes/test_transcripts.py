"""A transcript is private: no record has its words, and the step that agrees the minutes destroys all of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from ahtc_tui.domain.errors import BadFile, StoreError
from ahtc_tui.domain.imports.minutes import MinutesFileKind, MinutesFileReport
from ahtc_tui.domain.imports.report import ImportOptions, ImportReport
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.minutes.lifecycle import MinutesState
from ahtc_tui.services.history import undo_step
from ahtc_tui.services.imports.minutes.service import MinutesRequest, import_minutes
from ahtc_tui.services.imports.minutes.transcripts import read_quotations
from ahtc_tui.services.minutes import lifecycle
from ahtc_tui.services.minutes.lifecycle import set_state, show_minutes_state
from ahtc_tui.services.opening import open_workspace
from ahtc_tui.services.privacy.erasure import erase_person
from ahtc_tui.services.recovery.passphrase import set_passphrase
from ahtc_tui.services.workspace import Workspace
from ahtc_tui.store.engine.database import Database
from ahtc_tui.store.minutes import transcripts
from ahtc_tui.store.records.fields import read_setting
from tests.builders import TODAY, make_minuted_meeting, query_rows, read_live_rows
from tests.domain.minutes.test_transcripts import VARIANTS
from tests.formats.received_documents.word_markup import build_word_file, paragraph, run

SECRET = "quetzal"
CAPTIONS = f"""WEBVTT

00:00:01.000 --> 00:00:04.000
<v AHTC>Welcome to the {SECRET} meeting.</v>

00:10:00.000 --> 00:10:09.000
<v A Stranger>Item 2. The figures are late.</v>

00:20:00.000 --> 00:20:09.000
<v AHTC>That is an action: Bawso to send the figures by 31 January 2014.</v>
"""


@pytest.fixture
def ref(wales: Workspace) -> str:
    return make_minuted_meeting(wales)


def bring_in(
    workspace: Workspace, ref: str | None, *, apply: bool = True, answers: dict[str, str] | None = None
) -> ImportReport:
    request = MinutesRequest(Path("talk.vtt"), CAPTIONS.encode(), meeting=ref)
    return import_minutes(workspace, request, ImportOptions(answers=answers or {}), apply=apply)


def get_file(report: ImportReport) -> MinutesFileReport:
    (file,) = report.files
    assert isinstance(file, MinutesFileReport)
    return file


def list_files_with(workspace: Workspace, words: str) -> list[str]:
    """Return the files of the workspace that contain some words, as bytes."""
    files = [path for path in workspace.root.rglob("*") if path.is_file()]
    return [path.name for path in files if words.encode() in path.read_bytes()]


def test_quotations_come_under_their_items_and_nothing_is_recorded(wales: Workspace, ref: str) -> None:
    before = read_live_rows(wales)
    report = bring_in(wales, ref)
    file = get_file(report)
    assert file.kind is MinutesFileKind.TRANSCRIPT
    assert [(item.title, len(item.lines)) for item in file.items] == [("", 1), ("Data sets", 2)]
    assert file.items[1].lines[0].speaker == "A Stranger"
    assert read_live_rows(wales) == before
    assert list_files_with(wales, SECRET) == ["transcripts.db"]


def test_a_speaker_who_did_not_attend_is_asked_and_never_invented(wales: Workspace, ref: str) -> None:
    file = get_file(bring_in(wales, ref))
    asked = [question.theirs for question in file.questions if question.field == "speaker"]
    assert "A Stranger" in asked
    assert not query_rows(wales, "SELECT 1 FROM parties WHERE name = 'A Stranger'")


def test_only_a_passage_that_a_person_takes_becomes_a_line(wales: Workspace, ref: str) -> None:
    (question,) = [question for question in get_file(bring_in(wales, ref)).questions if question.field == "kind"]
    assert not query_rows(wales, "SELECT 1 FROM minute_lines WHERE text LIKE 'That is an action%'")
    bring_in(wales, ref, answers={question.id: "theirs"})
    query = "SELECT l.text, a.due FROM minute_lines l JOIN actions a ON a.id = l.action WHERE l.text LIKE 'That is%'"
    assert query_rows(wales, query) == [
        ("That is an action: Bawso to send the figures by 31 January 2014.", "2014-01-31")
    ]


def test_the_step_that_agrees_the_minutes_destroys_every_byte(wales: Workspace, ref: str) -> None:
    bring_in(wales, ref)
    assert len(read_quotations(wales, ref)) == 3
    status = set_state(wales, ref, MinutesState.AGREED)
    assert status.destroyed_quotations == 3
    assert list_files_with(wales, SECRET) == []
    undo_step(wales)
    assert read_quotations(wales, ref) == []


def build_file(name: str, text: str) -> tuple[Path, bytes]:
    """Return the name and bytes of a variant: captions as they are, texts of Teams as a Word file or with a mark."""
    if "-->" in text and "Teams" not in name:
        return Path("talk.vtt"), text.encode()
    if name.startswith("Teams"):
        return Path("talk.docx"), build_word_file(*(paragraph(run(line)) for line in text.split("\n")))
    return Path("talk.txt"), text.encode("utf-8-sig")


@pytest.mark.parametrize("name", VARIANTS)
def test_all_words_of_a_variant_are_kept_until_the_minutes_are_agreed_and_none_after(
    wales: Workspace, ref: str, name: str
) -> None:
    text = VARIANTS[name].replace("Welcome", SECRET.title()).replace("points", SECRET)
    path, data = build_file(name, text)
    import_minutes(wales, MinutesRequest(path, data, meeting=ref))
    quotations = read_quotations(wales, ref)
    words = " ".join(quotation.text for quotation in quotations)
    assert words.startswith(f"{SECRET.title()} to the meeting. Thank you. I have two {SECRET}.")
    assert {quotation.speaker for quotation in quotations} == {"AHTC", "SPOC Gwent"}
    set_state(wales, ref, MinutesState.AGREED)
    assert list_files_with(wales, SECRET) == list_files_with(wales, SECRET.title()) == []


def test_a_destruction_that_is_interrupted_is_finished_when_the_office_is_opened(
    wales: Workspace, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(wales, ref)

    def fail(*_arguments: object) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(transcripts, "destroy_transcript", fail)
        with pytest.raises(StoreError, match="The minutes are agreed, but"):
            set_state(wales, ref, MinutesState.AGREED)
        open_workspace(wales.root, TODAY).close()
    assert show_minutes_state(wales, ref).state is MinutesState.AGREED
    assert list_files_with(wales, SECRET) == ["transcripts.db"]
    open_workspace(wales.root, TODAY).close()
    assert list_files_with(wales, SECRET) == []


def test_a_destruction_recorded_meanwhile_is_not_forgotten(
    wales: Workspace, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(wales, ref)
    other = RowKey(b"another-meeting!")

    def record_another(database: Database, _meeting: RowKey) -> int:
        with database.write("other window") as ledger:
            transcripts.request_destruction(ledger.cursor, other)
        return 3

    monkeypatch.setattr(transcripts, "destroy_transcript", record_another)
    set_state(wales, ref, MinutesState.AGREED)
    with wales.database.read() as cursor:
        assert read_setting(cursor, transcripts.PENDING) == other.hex()


def test_minutes_that_are_not_agreed_keep_their_transcript(
    wales: Workspace, ref: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bring_in(wales, ref)
    monkeypatch.setattr(lifecycle, "_keep_agreed_actions", lambda *_arguments: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        set_state(wales, ref, MinutesState.AGREED)
    assert len(read_quotations(wales, ref)) == 3


def test_another_transcript_survives_without_the_bytes_of_the_destroyed_one(wales: Workspace, ref: str) -> None:
    other = make_minuted_meeting(wales)
    bring_in(wales, ref)
    request = MinutesRequest(Path("talk.vtt"), CAPTIONS.replace(SECRET, "other").encode(), meeting=other)
    import_minutes(wales, request)
    set_state(wales, ref, MinutesState.AGREED)
    assert list_files_with(wales, SECRET) == []
    assert len(read_quotations(wales, other)) == 3


def test_a_dry_run_stores_nothing(wales: Workspace, ref: str) -> None:
    bring_in(wales, ref, apply=False)
    assert read_quotations(wales, ref) == []


def test_without_a_meeting_nothing_is_stored(wales: Workspace) -> None:
    report = bring_in(wales, None)
    assert not report.applied
    assert [question.field for question in get_file(report).questions] == ["meeting"]


def test_captions_without_cues_are_refused(wales: Workspace, ref: str) -> None:
    with pytest.raises(BadFile, match="no cues"):
        import_minutes(wales, MinutesRequest(Path("talk.vtt"), b"WEBVTT\n\nNOTE nothing\n", meeting=ref))


def test_a_transcript_follows_the_passphrase_of_the_database(wales: Workspace, ref: str) -> None:
    bring_in(wales, ref)
    set_passphrase(wales, "correct horse battery staple 42")
    assert list_files_with(wales, SECRET) == []
    wales.close()
    reopened = open_workspace(wales.root, TODAY, "correct horse battery staple 42")
    assert len(read_quotations(reopened, ref)) == 3
    reopened.close()


def test_an_erased_person_is_not_named_in_transcripts(wales: Workspace, ref: str) -> None:
    text = CAPTIONS.replace("A Stranger", "Stephen Chapman")
    import_minutes(wales, MinutesRequest(Path("talk.vtt"), text.encode(), meeting=ref))
    erase_person(wales, "Stephen Chapman")
    assert all("Chapman" not in f"{row.speaker} {row.text}" for row in read_quotations(wales, ref))
    assert b"Chapman" not in (wales.root / "data" / "transcripts.db").read_bytes()
