"""Loads a shipped data set into a new database, in one transaction.

`ahtc_tui/reference` describes the TOML files.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.commissions.claims import Claim, ClaimKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.reference import people, work
from ahtc_tui.services.reference.rows import Record, Records, Rows, read_source
from ahtc_tui.services.reference.work import PAPER_DATE
from ahtc_tui.store.commissions.claims import read_claims
from ahtc_tui.store.journal.ledger import Ledger

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database

PARAGRAPH = re.compile(r"Paragraphs? (\d+\.\d+)")
HEADING = "Heading"
DATA_SETS = ("wales-2013",)
FILES = (
    "areas", "organisations", "contacts", "groups", "memberships", "objectives", "documents", "recommendations",
    "actions", "meetings", "practices", "indicators", "webpages", "commissions",
)  # fmt: skip


def check_data_set_name(name: str) -> None:
    """Raise BadInput on a data set that is not shipped."""
    if name not in DATA_SETS:
        raise BadInput(
            _('"{name}" is not included: choose one of {names}, or none.').format(name=name, names=", ".join(DATA_SETS))
        )


def load_reference(database: Database, name: str) -> None:
    """Write a shipped data set into the database. Raises BadInput for an unknown name."""
    check_data_set_name(name)
    rows = build_rows(read_records())
    with database.write(f"load {name}", kind="load") as ledger:
        _write_rows(ledger, rows)
        _write_papers(ledger, rows)


def read_records() -> Records:
    """Return every record of the shipped files by the name of its TOML table, with its sources cited in full."""
    records: dict[str, list[dict[str, Any]]] = {}
    for stem in FILES:
        records |= _read_toml(stem)
    citations = _read_toml("sources")
    for listed in records.values():
        for record in listed:
            _cite_sources(record, citations)
    return records


def _read_toml(stem: str) -> dict[str, Any]:
    return tomllib.loads((resources.files("ahtc_tui.reference") / f"{stem}.toml").read_text(encoding="utf-8"))


def _cite_sources(record: Record, citations: Record) -> None:
    """Replace the short sources of a record and of its parts by full citations."""
    for name, value in record.items():
        if name == "source" or name.startswith("source_"):
            record[name] = _cite(value, citations)
        elif isinstance(value, list):
            for part in value:
                if isinstance(part, dict):
                    _cite_sources(part, citations)


def _cite(source: str, citations: Record) -> str:
    """Return title, paragraphs and date of a source: "Paragraphs 2.3 and 3.1, CELG(4)-31-13 Paper 1 ... (2013)"."""
    paper = citations["paper"]
    if source == "paper header":
        return f"{HEADING}, {paper}"
    if not source.startswith("para "):
        citation: str = citations["sources"][source]
        return citation
    *numbers, last = source.removeprefix("para ").split(", ")
    paragraphs = f"Paragraphs {', '.join(numbers)} and {last}" if numbers else f"Paragraph {last}"
    return f"{paragraphs}, {paper}"


def build_rows(records: Records) -> Rows:
    """Return the rows of every table with keys, each row after those that it refers to."""
    rows = Rows(records)
    people.add_people(rows)
    work.add_work(rows)
    return rows


def _write_rows(ledger: Ledger, rows: Rows) -> None:
    for table, records in rows.tables.items():
        ledger.add_all(table, [values for _key, values in records], [key for key, _values in records])


def _write_papers(ledger: Ledger, rows: Rows) -> None:
    """Write the papers after all other records; a record is linked to the first paragraph that its source names."""
    sources = {key: values.get("source") for lines in rows.tables.values() for key, values in lines}
    by_number: dict[str, list[Claim]] = {}
    for kind in ClaimKind:
        for claim in read_claims(ledger.cursor, kind, PAPER_DATE):
            if match := PARAGRAPH.match(sources.get(claim.key) or ""):
                by_number.setdefault(match[1], []).append(claim)
    for record in rows.records["commission"]:
        values = {
            "title": record["title"],
            "reference": record["reference"],
            "asked_by": rows.find_party(record["asked_by"]),
        }
        commission = ledger.add("commissions", {"ref": record["id"], **values, **read_source(record)})
        paper = record["source"].removeprefix(f"{HEADING}, ")
        for question in record["question"]:
            _write_question(ledger, commission, paper, question, by_number)


def _write_question(
    ledger: Ledger, commission: RowKey, paper: str, record: Record, by_number: dict[str, list[Claim]]
) -> None:
    values = {name: record.get(name) for name in ("number", "text", "takes")}
    question = ledger.add("commission_questions", {"commission": commission, **values, **read_source(record)})
    for place, title in enumerate(record["paragraphs"], 1):
        number = f"{record['number']}.{place}"
        source = f"Paragraph {number}, {paper}"
        paragraph = ledger.add("paragraphs", {"question": question, "number": place, "title": title, "source": source})
        for claim in by_number.get(number, ()):
            link = {"kind": claim.kind.value, "record": claim.key, "said": claim.sentence}
            ledger.add("paragraph_links", {"paragraph": paragraph, **link, "source": source})
