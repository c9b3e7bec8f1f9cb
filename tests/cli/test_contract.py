"""The commands as other programs rely on them: names, flags, JSON keys, exit codes, and which stream says what."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.promises import FLAGS, KINDS, READS, REFUSED, Captured, code, data_of


@pytest.mark.parametrize("words", READS)
def test_a_read_gives_one_document_with_its_keys(shelf: Path, words: str, capsys: Captured) -> None:
    said = data_of(capsys, *words.split())
    row = said[0] if isinstance(said, list) and READS[words] else said
    assert [key for key in READS[words].split() if key not in row] == []


@pytest.mark.parametrize("words", FLAGS)
def test_a_command_knows_its_flags(words: str, capsys: Captured) -> None:
    assert code(*words.split(), "--help") == 0
    said = capsys.readouterr().out.replace(",", " ").split()
    assert [flag for flag in FLAGS[words].split() if not any(word.strip("[]|") == flag for word in said)] == []


@pytest.mark.parametrize("words", REFUSED)
def test_what_cannot_be_done_is_one_sentence_and_its_code(shelf: Path, words: str, capsys: Captured) -> None:
    assert code(*words.split()) == REFUSED[words]
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("ahtc: ")
    assert said.err.count("\n") == 1
    assert "fault of its own" not in said.err
    assert list(shelf.iterdir()) == []


def test_the_figures_of_the_paper_are_in_the_lists(shelf: Path, capsys: Captured) -> None:
    counts = {
        "actions list": 28,
        "actions list --all": 44,
        "actions list --continuing": 15,
        "contacts list --kind organisation": 59,
        "contacts list": 29,
        "groups list": 23,
        "groups seats": 61,
        "meetings list": 11,
        "practice list": 10,
        "recommendations list": 6,
        "recommendations documents": 8,
        "evidence list": 15,
    }
    rows = {words: data_of(capsys, *words.split()) for words in counts}
    assert {words: len(found) for words, found in rows.items()} == counts
    assert [row["ref"] for found in rows.values() for row in found if not row["source"]] == []
    matrix = data_of(capsys, "practice", "matrix")
    assert len(matrix["rows"]) == 10
    late = data_of(capsys, "actions", "list", "--late")
    assert [row["ref"] for row in late if row["status"] == "continuing"] == []
    found = {(hit["kind"], hit["ref"]) for hit in data_of(capsys, "search", "Bawso")}
    assert {("action", "DP-11"), ("action", "DP-28"), ("action", "DP-29")} <= found
    kinds = [kind for kind, _ref in found]
    assert (kinds.count("practice"), "seat" in kinds, "decision" in kinds) == (2, True, True)


def test_every_write_is_one_step_back(office: Path, capsys: Captured) -> None:
    writes = (
        ("actions", "add", "Agree dates", "--lead", "AHTC", "--due", "30 nov 2014", "--objective", "1"),
        ("actions", "edit", "DP-12", "title=Other", "due=2014-06-30", "lead=Bawso"),
        ("actions", "update", "DP-12", "Half done", "--brag", "A", "--status", "in_progress"),
        ("actions", "done", "DP-21", "--on", "2013-12-01"),
        ("meetings", "add", "Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "90"),
        ("meetings", "edit", "nrm-introduced", "title=Other"),
        ("groups", "add", "Board", "--kind", "sub-group"),
        ("groups", "edit", "leadership-group", "quorum=4"),
        ("groups", "seat", "cross-party-group", "bawso", "--role", "member", "--from", "2014-01-01"),
        ("contacts", "add", "Post of a test", "--kind", "post", "--organisation", "Bawso"),
        ("contacts", "edit", "bawso", "phone=029 2000 0000"),
        ("contacts", "appoint", "Joyce Watson", "spoc-north-wales", "--from", "2014-01-01"),
        ("practice", "set", "ht-marac", "Gwent", "adopted", "--on", "2014-01-01"),
        ("evidence", "edit", "nrm-wales-2012", "caveat=Provisional"),
        ("recommendations", "answer", "greta-2012", "Accepted"),
    )
    before = (office / "data" / "ahtc.db").read_bytes()
    for words in writes:
        steps = len(data_of(capsys, "history", "--limit", "1000"))
        assert code("--as-at", "2013-12-31", *words) in (0, 1), (words, capsys.readouterr().err)
        capsys.readouterr()
        assert len(data_of(capsys, "history", "--limit", "1000")) == steps + 1, words
        assert code("undo") == 0
    assert (office / "data" / "ahtc.db").read_bytes() != before
    capsys.readouterr()
    assert data_of(capsys, "check")["whole"]
    assert len(data_of(capsys, "actions", "list")) == 28
    assert code("undo") == 6


def test_every_kind_of_file_is_written_whole_and_never_over_another(
    office: Path, tmp_path: Path, capsys: Captured
) -> None:
    board = ("Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "60")
    assert code("meetings", "add", *board) == 0
    out = tmp_path / "out"
    out.mkdir()
    for kind, endings in KINDS.items():
        for ending in endings.split():
            target = out / f"file{ending}"
            export = ("export", *kind.split(), str(target), "--as-at", "2013-12-31")
            assert code(*export, "--marking", "official-sensitive") in (0, 1), (export, capsys.readouterr().err)
            assert target.stat().st_size > 0
            target.write_text("kept", encoding="utf-8")
            assert code(*export) == 6, export
            assert target.read_text(encoding="utf-8") == "kept"
            assert code(*export, "--force") in (0, 1), export
            assert target.read_bytes() != b"kept"
            target.unlink()
    for folder in ("returns", "chasers"):
        assert code("export", folder, str(out / folder), "--as-at", "2014-01-28") in (0, 1)
        assert all(path.stat().st_size for path in (out / folder).iterdir())
    assert [path.name for path in out.rglob("*") if path.name.startswith(".")] == []


@pytest.mark.parametrize("words", ["actions list", "search Bawso", "history", "history DP-07", "meetings list"])
def test_a_limit_takes_the_first_rows_and_0_takes_all(office: Path, words: str, capsys: Captured) -> None:
    for title in ("one", "two"):
        assert code("actions", "add", title) == 0
    assert code("actions", "edit", "DP-07", "note=said") == 0
    capsys.readouterr()
    every = data_of(capsys, *words.split())
    assert len(every) > 1
    assert data_of(capsys, *words.split(), "--limit", "0") == every
    kept = every[-1:] if words == "history DP-07" else every[:1]
    assert data_of(capsys, *words.split(), "--limit", "1") == kept


@pytest.mark.parametrize("kind", ["actions log.json", "plan plan.xlsx", "deadlines due.ics", "pack LG-2014-01 pack"])
def test_a_report_names_the_marking_that_stands_on_the_file(office: Path, kind: str, capsys: Captured) -> None:
    board = ("Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "60")
    assert code("meetings", "add", *board) == 0
    assert code("actions", "add", "Agree dates", "--group", "leadership-group", "--marking=official-sensitive") == 0
    capsys.readouterr()
    assert data_of(capsys, "export", *kind.split())["marking"] == "official-sensitive"
