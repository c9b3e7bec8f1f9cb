"""The contract of the command line: names, options, JSON keys, exit codes, output streams."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.promises import FLAGS, KINDS, READS, REFUSED, Captured, read_json, run_command


@pytest.mark.sample(2)
@pytest.mark.parametrize("words", READS)
def test_a_read_prints_one_json_document_with_the_promised_keys(
    read_only_office: Path, words: str, capsys: Captured
) -> None:
    document = read_json(capsys, *words.split())
    row = document[0] if isinstance(document, list) and READS[words] else document
    assert [key for key in READS[words].split() if key not in row] == []


@pytest.mark.parametrize("words", FLAGS)
def test_a_command_has_the_promised_flags(words: str, capsys: Captured) -> None:
    assert run_command(*words.split(), "--help") == 0
    help_words = capsys.readouterr().out.replace(",", " ").split()
    assert [flag for flag in FLAGS[words].split() if not any(word.strip("[]|") == flag for word in help_words)] == []


@pytest.mark.sample(3)
@pytest.mark.parametrize("words", REFUSED)
def test_a_refusal_is_one_sentence_with_its_exit_code(read_only_office: Path, words: str, capsys: Captured) -> None:
    assert run_command(*words.split()) == REFUSED[words]
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("ahtc: ")
    assert captured.err.count("\n") == 1
    assert "Internal error" not in captured.err
    assert list(read_only_office.iterdir()) == []


def test_the_figures_of_the_paper_are_in_the_lists(read_only_office: Path, capsys: Captured) -> None:
    counts = {
        "actions list": 28,
        "actions list --all": 44,
        "actions list --continuing": 15,
        "contacts list --kind organisation": 59,
        "contacts list": 32,
        "groups list": 23,
        "groups seats": 60,
        "meetings list": 11,
        "practice list": 10,
        "recommendations list": 6,
        "recommendations documents": 10,
        "evidence list": 15,
    }
    rows = {words: read_json(capsys, *words.split()) for words in counts}
    assert {words: len(items) for words, items in rows.items()} == counts
    assert [row["ref"] for items in rows.values() for row in items if not row["source"]] == []
    matrix = read_json(capsys, "practice", "matrix")
    assert len(matrix["rows"]) == 10
    late = read_json(capsys, "actions", "list", "--late")
    assert [row["ref"] for row in late if row["status"] == "continuing"] == []
    hits = {(hit["kind"], hit["ref"]) for hit in read_json(capsys, "search", "Bawso")}
    assert {("action", "DP-11"), ("action", "DP-28"), ("action", "DP-29")} <= hits
    kinds = [kind for kind, _ref in hits]
    assert (kinds.count("practice"), "seat" in kinds, "decision" in kinds) == (2, True, True)


def test_every_write_is_one_undo(office: Path, capsys: Captured) -> None:
    writes = (
        ("actions", "add", "Agree dates", "--lead", "AHTC", "--due", "30 nov 2014", "--objective", "1"),
        ("actions", "edit", "DP-12", "title=Other", "due=2014-06-30", "lead=Bawso"),
        ("actions", "update", "DP-12", "Half done", "--brag", "A", "--status", "in_progress"),
        ("actions", "done", "DP-21", "--on", "2013-12-01", "--yes"),
        ("meetings", "add", "Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "90"),
        ("meetings", "edit", "nrm-introduced", "title=Other"),
        ("groups", "add", "Board", "--kind", "sub-group"),
        ("groups", "edit", "leadership-group", "quorum=4"),
        ("groups", "seat", "cross-party-group", "bawso", "--role", "member", "--from", "2014-01-01"),
        ("contacts", "add", "Post of a test", "--kind", "post", "--organisation", "Bawso"),
        ("contacts", "edit", "bawso", "phone=029 2000 0000"),
        ("contacts", "appoint", "Joyce Watson", "spoc-north-wales", "--from", "2014-01-01"),
        ("practice", "set", "ht-marac", "Gwent", "adopted", "--on", "2013-12-01"),
        ("evidence", "edit", "nrm-wales-2012", "caveat=Provisional"),
        ("recommendations", "answer", "greta-2012", "Accepted"),
    )
    before = (office / "data" / "ahtc.db").read_bytes()
    for words in writes:
        steps = len(read_json(capsys, "history", "--limit", "1000"))
        assert run_command("--as-at", "2013-12-31", *words) in (0, 1), (words, capsys.readouterr().err)
        capsys.readouterr()
        assert len(read_json(capsys, "history", "--limit", "1000")) == steps + 1, words
        assert run_command("undo") == 0
    assert (office / "data" / "ahtc.db").read_bytes() != before
    capsys.readouterr()
    assert read_json(capsys, "check")["whole"]
    assert len(read_json(capsys, "actions", "list")) == 28
    assert run_command("undo") == 6


@pytest.mark.long
def test_every_export_is_complete_and_never_overwrites_a_file(office: Path, tmp_path: Path, capsys: Captured) -> None:
    board = ("Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "60")
    assert run_command("meetings", "add", *board) == 0
    out = tmp_path / "out"
    out.mkdir()
    for kind, endings in KINDS.items():
        for ending in endings.split():
            target = out / f"file-official-sensitive{ending}"
            export = ("export", *kind.split(), str(target), "--as-at", "2013-12-31")
            assert run_command(*export, "--marking", "official-sensitive") in (0, 1), (export, capsys.readouterr().err)
            assert target.stat().st_size > 0
            target.write_text("kept", encoding="utf-8")
            assert run_command(*export) == 6, export
            assert target.read_text(encoding="utf-8") == "kept"
            assert run_command(*export, "--force") in (0, 1), export
            assert target.read_bytes() != b"kept"
            target.unlink()
    for folder in ("returns", "chasers"):
        assert run_command("export", folder, str(out / folder), "--as-at", "2014-01-28") in (0, 1)
        assert all(path.stat().st_size for path in (out / folder).iterdir())
    assert [path.name for path in out.rglob("*") if path.name.startswith(".")] == []


@pytest.mark.parametrize("words", ["actions list", "search Bawso", "history", "history DP-07", "meetings list"])
def test_a_limit_takes_the_first_rows_and_0_takes_all(office: Path, words: str, capsys: Captured) -> None:
    for title in ("one", "two"):
        assert run_command("actions", "add", title) == 0
    assert run_command("actions", "edit", "DP-07", "note=said") == 0
    capsys.readouterr()
    every = read_json(capsys, *words.split())
    assert len(every) > 1
    assert read_json(capsys, *words.split(), "--limit", "0") == every
    assert read_json(capsys, *words.split(), "--limit", "1") == every[:1]


@pytest.mark.sample(2)
@pytest.mark.parametrize("kind", ["actions log.json", "plan plan.xlsx", "deadlines due.ics", "pack LG-2014-01 pack"])
def test_an_export_reports_the_marking_of_its_file(office: Path, kind: str, capsys: Captured) -> None:
    board = ("Board", "--group", "leadership-group", "--starts", "2014-02-11 10:00", "--minutes", "60")
    assert run_command("meetings", "add", *board) == 0
    assert (
        run_command("actions", "add", "Agree dates", "--group", "leadership-group", "--marking=official-sensitive") == 0
    )
    capsys.readouterr()
    assert read_json(capsys, "export", *kind.split())["marking"] == "official-sensitive"
