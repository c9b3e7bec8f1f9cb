"""Writes the paper of a shipped data set: questions, and paragraphs linked to the records that cite them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ahtc_tui.domain.commissions.claims import Claim, ClaimKind
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.reference.rows import Record, Rows, read_source
from ahtc_tui.services.reference.work import PAPER_DATE
from ahtc_tui.store.commissions.claims import read_claims

if TYPE_CHECKING:
    from ahtc_tui.store.journal.ledger import Ledger

PARAGRAPH = re.compile(r"para (\d+\.\d+)")


def write_papers(ledger: Ledger, rows: Rows) -> None:
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
        for question in record["question"]:
            _write_question(ledger, commission, question, by_number)


def _write_question(ledger: Ledger, commission: RowKey, record: Record, by_number: dict[str, list[Claim]]) -> None:
    values = {name: record.get(name) for name in ("number", "text", "takes")}
    question = ledger.add("commission_questions", {"commission": commission, **values, **read_source(record)})
    for place, title in enumerate(record["paragraphs"], 1):
        number = f"{record['number']}.{place}"
        source = f"para {number}"
        paragraph = ledger.add("paragraphs", {"question": question, "number": place, "title": title, "source": source})
        links = [
            {
                "paragraph": paragraph,
                "kind": claim.kind.value,
                "record": claim.key,
                "said": claim.sentence,
                "source": source,
            }
            for claim in by_number.get(number, ())
        ]
        ledger.add_all("paragraph_links", links)
