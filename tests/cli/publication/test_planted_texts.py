"""Secrets in every place of the records: none is in a file for outside, and each that could be is on a release list.

The marks may miss a secret. The release list may not: what a page prints when every text is kept is compared with it.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Collection, Iterator
from itertools import chain, cycle, product, repeat
from pathlib import Path
from typing import NamedTuple

import pytest

from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.domain.export_kinds import EXPORT_KINDS
from ahtc_tui.domain.publication.model import PublishedDocument
from tests.cli.exports.conftest import EXPORTS, FURTHER_FORMATS
from tests.clients.programs import find_program
from tests.conftest import Worlds
from tests.exported_files import read_texts

MEETING, HIDDEN, PAPER = "LG-2013-01", "LG-2014-01", "celg-4-31-13"
NEXT = "LG-2014-02"
SECRETS = {
    "health": "is in hospital with Zqhealth{n}",
    "family": "his wife left, says Zqfamily{n}",
    "address": "lives at 12 Zqaddress{n} Street",
    "telephone": "ring 029 2082 5{n:03} or ask Zqphone{n}",
    "account": "sort code 12-34-56, account Zqaccount{n}",
    "tribunal": "claims at the tribunal against Zqtribunal{n}",
    "informant": "the informant is Zqinformant{n}",
    "internal": "between us: Zqinternal{n}",
}
TOKEN = re.compile(
    r"Zq(?:health|family|address|phone|account|tribunal|informant|internal|reason|update|sensitive|name)\d+", re.I
)
"""Besides the secrets: the note on a withheld paper, updates, records above OFFICIAL, and names of private people."""


class Place(NamedTuple):
    """A place of the records, and the command that plants a secret there; `@` stands for the secret."""

    name: str
    command: tuple[str, ...]


PLACES = (
    Place("note", ("meetings", "minute", MEETING, "--item", "1", "n: @")),
    Place("decision", ("meetings", "minute", MEETING, "--item", "1", "d: @")),
    Place("action", ("meetings", "minute", MEETING, "--item", "1", "a: @ @ahtc due end jan")),
    Place("item", ("meetings", "agenda", MEETING, "--add", "@")),
    Place("paper", ("meetings", "papers", MEETING, "--add", "@", "--item", "1")),
    Place("purpose", ("contacts", "engage", "bawso", "@", "--on", "2013-11-05", "--kind", "meeting")),
    Place("plan action", ("actions", "add", "@", "--lead", "Bawso", "--objective", "1", "--due", "2013-12-01")),
    Place("venue", ("meetings", "add", "Meeting", "--group", "idmg", "--starts", "2014-01-07 10:00", "--venue", "@")),
    Place("practice", ("practice", "add", "@")),
    Place(
        "caveat",
        (
            "evidence",
            "add",
            "Referrals",
            "--value",
            "34",
            "--unit",
            "referrals",
            "--period",
            "2012",
            "--source",
            "x",
            "--caveat",
            "@",
        ),
    ),
    Place("question", ("commissions", "question", PAPER, "--add", "@")),
    Place("paragraph", ("commissions", "paragraph", PAPER, "2", "@", "--title", "Planted")),
)
SECRETS_OF_A_PLACE = 4
"""Number of secrets in each place: the next ones in turn."""
RECORDS: tuple[tuple[str, ...], ...] = (
    ("meetings", "add", "Zqname0 and others", "--group", "LG", "--starts", "2013-12-10 10:00", "--minutes", "60"),
    ("contacts", "add", "Zqname1 Zqname2", "--kind", "person", "--organisation", "Bawso"),
    ("meetings", "agenda", MEETING, "--add", "Welcome"),
    ("meetings", "attend", MEETING, "Zqname1 Zqname2", "apologies", "--reason", "in hospital with Zqreason1"),
    ("meetings", "minute", MEETING, "--item", "1", "Zqname1 Zqname2 spoke for Bawso"),
    ("meetings", "add", "Zqsensitive1", "--group", "LG", "--starts", "2014-03-11 10:00", "--venue", "Zqsensitive2"),
    ("meetings", "edit", HIDDEN, "marking=official-sensitive"),
    ("meetings", "add", "Spring meeting", "--group", "LG", "--starts", "2014-06-10 10:00", "--venue", "Zqinternal99"),
    ("actions", "add", "Zqsensitive3", "--marking", "official-sensitive", "--due", "2013-12-01", "--objective", "1"),
    ("actions", "update", "DP-07", "No progress because of Zqupdate1", "--brag", "R"),
    ("commissions", "question", PAPER, "--add", "Who is Zqinformant98?"),
    ("commissions", "paragraph", PAPER, "1.1", "The Zqtribunal97 claim goes on."),
)
PAGES = tuple(document.value for document in PublishedDocument)
"""Documents with a published cut, each of which is a kind of export with the same name."""
FURTHER_OUTSIDE = (
    *(kind.name for kind in EXPORT_KINDS.values() if kind.goes_outside and kind.name not in PAGES),
    "chasers",
)
"""Kinds that go outside without a release: a return and a reminder have the actions of their lead."""
OF_LEADS = ("action", "plan action")
"""Places whose texts a lead gets with the own actions."""
SUBJECTS = {"MEETING": (MEETING,), "COMMISSION": (PAPER,), "": ()}
PERIODS = {"transparency": ("--from", "2013-01-01", "--to", "2013-12-31")}
CONVERTED = (".odt", ".pdf")
LIMITS = ((), ("--up-to", "official"))
LANGUAGES = ("en", "cy", "both")


@pytest.fixture(scope="module")
def office(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with a secret of each kind in each place."""
    folder = tmp_path_factory.mktemp("planted") / "office"
    shutil.copytree(world("wales"), folder)
    for command in RECORDS[:3]:
        assert call(folder, *command) in (0, 1), command
    turns = cycle(SECRETS.values())
    for number, place in enumerate(chain.from_iterable(repeat(place, SECRETS_OF_A_PLACE) for place in PLACES), 1):
        secret = f"{next(turns).format(n=number)} in the {place.name}"
        planted = tuple(_plant(word, secret) for word in place.command)
        assert call(folder, *planted) in (0, 1), planted
    for command in RECORDS[3:]:
        assert call(folder, *command) in (0, 1), command
    note = ("--withheld", "1", "--reason", "legal", "--note", "Counsel advised on Zqreason2")
    assert call(folder, "meetings", "papers", MEETING, *note) == 0
    return folder


def _plant(word: str, secret: str) -> str:
    """Return a word of a command with the secret in place of its first sign."""
    return word.replace("@", secret, 1) if word in ("@", "n: @", "d: @") or "@ @" in word else word


def call(folder: Path, *words: str) -> int:
    """Run a command on 31 December 2013."""
    return run(["--workspace", str(folder), "--as-at", "2013-12-31", "--quiet", *words])


def publish(folder: Path, page: str, *words: str) -> int:
    """Run the step "publish" of a page."""
    match EXPORT_KINDS[page].subject:
        case "MEETING":
            return call(folder, "meetings", "publish", MEETING, "--document", page, *words)
        case "COMMISSION":
            return call(folder, "commissions", "publish", PAPER, *words)
    return call(folder, "exports", "publish", page, *words)


def write(folder: Path, page: str, target: Path, *words: str) -> int:
    """Write the published file of a page."""
    subject, period = SUBJECTS[EXPORT_KINDS[page].subject], PERIODS.get(page, ())
    return call(folder, "export", page, *subject, str(target), "--cut", "published", "--force", *period, *words)


def read_tokens(target: Path) -> set[str]:
    """Return the secrets in a file, in small letters."""
    return {
        token.lower() for _place, text in read_texts(target.name, target.read_bytes()) for token in TOKEN.findall(text)
    }


def list_written(office: Path, page: str, folder: Path, *, converted: bool) -> Iterator[Path]:
    """Write a page in every language and format, with each limit in turn, and yield the files."""
    endings = [ending for ending in EXPORT_KINDS[page].formats if (ending in CONVERTED) is converted]
    for (ending, language), limit in zip(product(endings, LANGUAGES), cycle(LIMITS), strict=False):
        target = folder / f"{page}-{language}{ending}"
        code = write(office, page, target, "--lang", language, *limit)
        assert code in (0, 1) or (ending == ".eml" and code == 6), target
        if target.exists():
            yield target


def keep_all(office: Path, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[Path, set[str]]:
    """Publish every text of a page in a copy of the office; return it with the secrets on the release list."""
    copy = tmp_path / "office"
    shutil.copytree(office, copy)
    capsys.readouterr()
    assert publish(copy, page, "--json") == 1
    listed = json.loads(capsys.readouterr().out)
    texts = " ".join(f"{row['text']} {row['text_cy']} {row['printed']}" for row in listed["texts"])
    on_list = {token.lower() for token in TOKEN.findall(texts)}
    answers = tmp_path / "answers.json"
    answers.write_text('{"*": "keep"}', encoding="utf-8")
    assert publish(copy, page, "--answers", str(answers)) == 0
    return copy, on_list


def check_listed(target: Path, on_list: set[str]) -> None:
    """Fail for a secret in a file that its release list did not show, or that no file for outside may have."""
    tokens = read_tokens(target)
    assert tokens <= on_list, target
    assert not [token for token in tokens if token.startswith(("zqsensitive", "zqreason"))], target


@pytest.mark.sample(3)
@pytest.mark.parametrize("page", PAGES)
def test_each_text_of_a_published_page_stands_in_the_release_list(
    office: Path, tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, on_list = keep_all(office, page, tmp_path, capsys)
    for target in list_written(copy, page, tmp_path, converted=False):
        check_listed(target, on_list)


@pytest.mark.long
@pytest.mark.clients
@pytest.mark.parametrize("page", [page for page in PAGES if ".pdf" in EXPORT_KINDS[page].formats])
def test_each_text_of_a_converted_page_stands_in_the_release_list(
    office: Path, tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    find_program("soffice", "LibreOffice")
    copy, on_list = keep_all(office, page, tmp_path, capsys)
    for target in list_written(copy, page, tmp_path, converted=True):
        check_listed(target, on_list)


@pytest.mark.sample(5)
@pytest.mark.parametrize(("page", "option"), [*product(PAGES, ("--marking", "--up-to"))])
def test_no_published_file_has_a_higher_marking(
    office: Path, tmp_path: Path, page: str, option: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for ending in EXPORT_KINDS[page].formats:
        target = tmp_path / f"{page}{ending}"
        assert write(office, page, target, option, "official-sensitive") == 6
        error = capsys.readouterr().err
        assert "What is marked OFFICIAL-SENSITIVE is not published." in error or ending == ".eml"
        assert not target.exists()


def withhold_secrets(office: Path, page: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Publish a page in a copy of the office: what has a secret is withheld, the rest kept."""
    copy = tmp_path / "office"
    shutil.copytree(office, copy)
    capsys.readouterr()
    assert publish(copy, page, "--json") == 1
    rows = json.loads(capsys.readouterr().out)["texts"]
    answers = {row["id"]: "withhold" for row in rows if TOKEN.search(f"{row['text']} {row['printed']}")}
    assert answers
    file = tmp_path / "answers.json"
    file.write_text(json.dumps(answers | {"*": "keep"}), encoding="utf-8")
    assert publish(copy, page, "--answers", str(file)) == 0
    return copy


@pytest.mark.sample(3)
@pytest.mark.parametrize("page", PAGES)
def test_no_published_file_has_a_secret_that_was_withheld(
    office: Path, tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = withhold_secrets(office, page, tmp_path, capsys)
    for target in list_written(copy, page, tmp_path, converted=False):
        assert read_tokens(target) == set(), target


@pytest.mark.long
@pytest.mark.clients
@pytest.mark.parametrize("page", [page for page in PAGES if ".pdf" in EXPORT_KINDS[page].formats])
def test_no_converted_file_has_a_secret_that_was_withheld(
    office: Path, tmp_path: Path, page: str, capsys: pytest.CaptureFixture[str]
) -> None:
    find_program("soffice", "LibreOffice")
    copy = withhold_secrets(office, page, tmp_path, capsys)
    for target in list_written(copy, page, tmp_path, converted=True):
        assert read_tokens(target) == set(), target


def list_numbers(places: Collection[str]) -> set[int]:
    """Return the numbers of the secrets that are planted in some places."""
    planted = chain.from_iterable(repeat(place.name, SECRETS_OF_A_PLACE) for place in PLACES)
    return {number for number, name in enumerate(planted, 1) if name in places}


@pytest.mark.sample(4)
@pytest.mark.parametrize(("kind", "language", "marking"), [*product(FURTHER_OUTSIDE, LANGUAGES, Marking)])
def test_what_goes_outside_without_a_release_has_the_texts_of_its_own_actions_only(
    office: Path, tmp_path: Path, kind: str, language: str, marking: Marking
) -> None:
    allowed = {str(number) for number in list_numbers(OF_LEADS)}
    for number, (*words, out) in enumerate(list_variants(kind)):
        target = tmp_path / f"{number}" / out
        target.parent.mkdir()
        command = ("--lang", language, "export", kind, *words, str(target), "--marking", marking.value, "--force")
        assert call(office, *command) in (0, 1), command
        for file in (path for path in (target, *target.rglob("*")) if path.is_file()):
            tokens = read_tokens(file)
            foreign = {token for token in tokens if token.lstrip("abcdefghijklmnopqrstuvwxyz") not in allowed}
            assert not foreign, file


EVERYTHING = frozenset({"everything", "foi"})
"""Kinds that hold whole records, for the office or for a person who decides what is disclosed."""
OF_ATTENDANCE = ("zqreason1",)
"""Why somebody was absent, which the chair's copy and the attendance of the office have."""


def list_variants(kind: str) -> list[list[str]]:
    """Return the arguments of every variant of a kind that is no published copy; the last one is the file."""
    variants = (variant.split() for variant in (*EXPORTS[kind], *FURTHER_FORMATS.get(kind, ())))
    return [
        [NEXT if word == HIDDEN else word for word in variant] for variant in variants if "published" not in variant
    ]


@pytest.mark.sample(6)
@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("kind", [kind for kind in EXPORT_KINDS if kind not in EVERYTHING])
def test_no_other_file_has_what_is_marked_higher_and_copies_of_the_office_say_so(
    office: Path, tmp_path: Path, kind: str, language: str
) -> None:
    for *words, out in list_variants(kind):
        target = tmp_path / out.replace("LG-2014-01", NEXT)
        command = ("--lang", language, "export", kind, *words, str(target), "--up-to", "official", "--force")
        no_address = (6,) if out.endswith(".eml") else ()
        assert call(office, *command) in (0, 1, *no_address), command
        for file in (path for path in (target, *target.rglob("*")) if path.is_file()):
            tokens = read_tokens(file)
            allowed = OF_ATTENDANCE if "chair" in words else ()
            assert not [
                token for token in tokens if token.startswith(("zqsensitive", "zqreason")) and token not in allowed
            ], file
        if EXPORT_KINDS[kind].is_released:
            texts = "".join(text for _place, text in read_texts(target.name, target.read_bytes()))
            marks = ("OFFICIAL", "ot for publication") if language == "en" else ("SWYDDOGOL", "id i'w gyhoeddi")
            assert all(mark in texts for mark in marks), target
