"""No export with records up to OFFICIAL holds a planted secret, in any format, cut, marking and language.

Every byte is searched: members of archives, decoded parts of mails, and the text of XML without its tags.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from ahtc_tui.cli.console.parser import CommandParser
from ahtc_tui.cli.exports.commands import register
from ahtc_tui.cli.main import run
from ahtc_tui.domain.actions.model import Marking
from ahtc_tui.services.opening import open_workspace
from tests.builders import query_rows
from tests.cli.exports.conftest import CONVERTED_FORMATS, EXPORTS, FURTHER_FORMATS, MEETING, release_documents
from tests.clients.programs import find_program
from tests.conftest import Worlds
from tests.exported_files import read_texts

ACCOUNT = "desk-account-77"
HIDDEN_MEETING = "LG-2013-02"
SENSITIVE = "--marking official-sensitive"
RECORDS = (
    "meetings add Meeting --group LG --starts=2013-12-10~10:00 --minutes 60",
    "meetings add Heron~round~table --group LG --starts=2013-12-17~10:00",
    f"meetings edit {HIDDEN_MEETING} marking=official-sensitive venue=Heron~House",
    "meetings add Meeting --group LG --starts=2014-03-11~10:00 --minutes 60",
    f"meetings agenda {MEETING} --add Matters~arising",
    f"meetings agenda {HIDDEN_MEETING} --add Heron~item",
    f"meetings attend {MEETING} Gwent~Police apologies --reason Recovering~from~surgery",
    f"meetings attend {MEETING} AHTC present",
    f"meetings minute {MEETING} --item 1 a:~draft~the~Heron~letter~@ahtc~due~end~jan",
    f"meetings minute {MEETING} --item 1 a:~find~a~room",
    f"meetings minute {HIDDEN_MEETING} --item 1 d:~fund~the~Heron~study",
    f"actions edit {MEETING}/01 marking=official-sensitive",
    f"actions add Advice~on~Heron {SENSITIVE} --due 2013-12-01 --lead Bawso --objective 1",
    "actions edit DP-45 evidence=Heron~file",
    "actions update DP-45 Heron~is~delayed~at~Bawso --brag R",
    "actions edit DP-05 blocked_by=DP-45",
    f"commissions add Heron~commission {SENSITIVE}",
    "commissions question COM-01 --add Who~pays~for~Heron? --takes 1",
    "commissions draft COM-01",
    "commissions draft celg-4-31-13",
    "contacts edit gla email=gla@example.org",
    "contacts add Quillon~Advisory~Unit --kind organisation --phone 029~2018~0001",
)
"""Commands that fill the workspace; a tilde stands for a space inside a word."""


class Secret(NamedTuple):
    """A pattern, and the beginnings of the names of the files that may hold it."""

    pattern: str
    allowed: tuple[str, ...] = ()


SECRETS = {
    "text of records above OFFICIAL": Secret("Heron"),
    "health reason of an apology": Secret("Recovering from surgery", ("minutes-chair", "everything")),
    "telephone of a contact": Secret(r"029 ?2018 ?0001", ("contacts", "cards/", "everything")),
    "name of the register": Secret("Quillon", ("contacts", "cards/", "everything")),
    "account name": Secret(ACCOUNT, ("everything",)),
}


def find_secrets(folder: Path, secrets: Mapping[str, Secret]) -> set[tuple[str, str, str]]:
    """Return the name of each secret in the files of a folder, with the place and the words around it."""
    return {
        (label, place, text[max(0, match.start() - 40) : match.end() + 40])
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        for place, text in read_texts(str(path.relative_to(folder)), path.read_bytes())
        for label, secret in secrets.items()
        if not place.startswith(secret.allowed) and (match := re.search(secret.pattern, text, re.IGNORECASE))
    }


@pytest.fixture(scope="module")
def desk(world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    """The global options of a workspace with the planted secrets."""
    office = tmp_path_factory.mktemp("secrets") / "office"
    shutil.copytree(world("wales"), office)
    options = ("--workspace", str(office), "--as-at", "2013-12-31", "--quiet")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AHTC_USER", ACCOUNT)
        for record in RECORDS:
            assert run([*options, *(word.replace("~", " ") for word in record.split())]) in (0, 1), record
        release_documents(options)
        yield options


def write_kind(desk: tuple[str, ...], folder: Path, kind: str, language: str, marking: Marking) -> None:
    """Write every variant of a kind with records up to OFFICIAL; a refusal writes nothing."""
    languages = () if kind == "everything" else ("--lang", language)
    for variant in (*EXPORTS[kind], *FURTHER_FORMATS.get(kind, ())):
        write_variant((*desk, *languages), folder, kind, variant, marking)


def write_variant(options: tuple[str, ...], folder: Path, kind: str, variant: str, marking: Marking) -> None:
    """Write one variant of a kind with records up to OFFICIAL; a refusal writes nothing."""
    *words, out = variant.split()
    command = [*options, "export", kind, *words, str(folder / out), "--marking", marking, "--up-to"]
    assert run([*command, "official", "--force"]) in (0, 1, 6), command


@pytest.fixture(scope="module")
def row_keys(desk: tuple[str, ...]) -> set[str]:
    """The keys of all records."""
    workspace = open_workspace(Path(desk[1]))
    keys = {bytes(key).hex() for (key,) in query_rows(workspace, "SELECT DISTINCT row_id FROM change")}
    workspace.close()
    return keys


def check_files(folder: Path, row_keys: set[str]) -> None:
    """Fail for each secret and each key of a record in the files of a folder, except archives and UIDs.

    The record of the last exchange of a folder names its files, whose names are UIDs.
    """
    assert find_secrets(folder, SECRETS) == set()
    files = (path for path in folder.rglob("*") if not path.name.startswith(".ahtc-"))
    for path in (path for path in files if path.suffix in (".xlsx", ".docx", ".pptx", ".html", ".csv", ".json")):
        for place, text in read_texts(path.name, path.read_bytes()):
            assert not row_keys & set(re.findall(r"[0-9a-f]{32}", text)), place


@pytest.mark.sample(10)
@pytest.mark.parametrize("kind", EXPORTS)
def test_no_file_up_to_official_holds_a_secret(
    desk: tuple[str, ...], row_keys: set[str], tmp_path: Path, kind: str
) -> None:
    write_kind(desk, tmp_path, kind, "both", Marking.OFFICIAL)
    check_files(tmp_path, row_keys)
    assert any(tmp_path.iterdir())


@pytest.mark.long
@pytest.mark.clients
@pytest.mark.parametrize("kind", CONVERTED_FORMATS)
def test_no_file_that_libreoffice_writes_holds_a_secret(desk: tuple[str, ...], tmp_path: Path, kind: str) -> None:
    find_program("soffice", "apt-get install libreoffice-writer libreoffice-calc")
    for variant in CONVERTED_FORMATS[kind]:
        write_variant((*desk, "--lang", "both"), tmp_path, kind, variant, Marking.OFFICIAL)
    assert find_secrets(tmp_path, SECRETS) == set()
    files = (path for path in tmp_path.rglob("*") if path.is_file())
    assert any("OFFICIAL" in text for file in files for _, text in read_texts(file.name, file.read_bytes()))


@pytest.mark.long
@pytest.mark.parametrize("kind", EXPORTS)
@pytest.mark.parametrize(
    ("language", "marking"),
    [
        ("en", Marking.OFFICIAL),
        ("cy", Marking.OFFICIAL),
        *((language, Marking.OFFICIAL_SENSITIVE) for language in ("en", "cy", "both")),
    ],
)
def test_no_language_and_marking_holds_a_secret(
    desk: tuple[str, ...], row_keys: set[str], tmp_path: Path, kind: str, language: str, marking: Marking
) -> None:
    write_kind(desk, tmp_path, kind, language, marking)
    check_files(tmp_path, row_keys)


def test_every_format_of_every_kind_is_searched() -> None:
    parser = CommandParser()
    register(parser, "export")
    kinds: Any = next(action for action in parser._actions if action.metavar == "KIND")
    offered = {
        (kind.dest, ending)
        for kind in kinds._get_subactions()
        for ending in re.findall(r"\.[a-z]{2,4}\b", str(kind.help))
    }
    searched = {
        (kind, Path(variant.split()[-1]).suffix)
        for table in (EXPORTS, FURTHER_FORMATS, CONVERTED_FORMATS)
        for kind, variants in table.items()
        for variant in variants
    }
    folders = {("calendars", ".ics"), ("cards", ".vcf")}
    assert offered - searched == folders


@pytest.mark.long
def test_the_search_finds_every_secret(desk: tuple[str, ...], tmp_path: Path) -> None:
    run([*desk, "export", "everything", str(tmp_path / "all.zip")])
    assert {label for label, _place, _words in find_secrets(tmp_path, SECRETS)} == set(SECRETS)
    run([*desk, "export", "actions", str(tmp_path / "log.xlsx"), "--all"])
    assert {place.split("/")[0] for _label, place, _words in find_secrets(tmp_path, SECRETS)} == {"all.zip", "log.xlsx"}
