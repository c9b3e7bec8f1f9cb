"""Loads a shipped data set into a new database, in one transaction.

`ahtc_tui/reference` describes the TOML files.
"""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from typing import TYPE_CHECKING, Any

from ahtc_tui.domain.areas.model import StoredAreaKind
from ahtc_tui.domain.commissions.claims import Claim, ClaimKind
from ahtc_tui.domain.errors import BadInput
from ahtc_tui.domain.i18n import _
from ahtc_tui.domain.keys import RowKey
from ahtc_tui.domain.text.sources import find_paragraphs
from ahtc_tui.domain.text.suggestions import propose_name
from ahtc_tui.domain.welsh.model import UNREVIEWED
from ahtc_tui.services.reference import work
from ahtc_tui.services.reference.rows import (
    Record,
    Records,
    Rows,
    derive_name_key,
    read_flags,
    read_source,
    read_stored_date,
)
from ahtc_tui.services.reference.work import PAPER_DATE
from ahtc_tui.store.areas.queries import find_existing_areas
from ahtc_tui.store.commissions.claims import read_claims
from ahtc_tui.store.engine.database import AREAS_DUE
from ahtc_tui.store.journal.ledger import Ledger
from ahtc_tui.store.records.cursor import Table
from ahtc_tui.store.records.fields import remove_setting

if TYPE_CHECKING:
    from ahtc_tui.store.engine.database import Database


FACT_OWNERS: dict[Table, str] = {"seats": "group", "adoptions": "practice", "holdings": "post"}
"""Tables of facts with the column of the record that a paper states them of."""
HEADING = "Heading"
DATA_SETS = ("wales-2013",)
FILES = (
    "areas", "organisations", "contacts", "groups", "memberships", "objectives", "documents", "recommendations",
    "actions", "meetings", "practices", "indicators", "webpages", "commissions",
)  # fmt: skip


def check_data_set_name(name: str) -> None:
    """Raise BadInput on a data set that is not shipped."""
    if name not in DATA_SETS:
        sentence = _('"{name}" is not included. Choose one of {names}, or none.')
        raise BadInput(sentence.format(name=name, names=", ".join(DATA_SETS)) + propose_name(name, DATA_SETS))


def load_reference(database: Database, name: str) -> None:
    """Write a shipped data set into the database. Raises BadInput for an unknown name."""
    check_data_set_name(name)
    rows = build_rows(read_records())
    with database.write(f"load {name}", kind="load") as ledger:
        _write_rows(ledger, rows)
        _write_papers(ledger, rows)


def load_areas(database: Database) -> None:
    """Add the areas of Wales that the office does not have yet, by reference, or by name and kind; overwrite none."""
    areas = _number_areas(_read_toml("areas")["area"])
    citations = _read_toml("sources")
    for area in areas:
        area.pop("police", None)
        _cite_sources(area, citations)
    with database.write("add the areas of Wales", kind="load") as ledger:
        existing = find_existing_areas(ledger.cursor, areas)
        missing = [area for area in areas if area["id"] not in existing and area["kind"] != StoredAreaKind.PLACE]
        rows = Rows({"area": missing})
        rows.use_existing_areas(existing)
        _add_areas(rows)
        _write_rows(ledger, rows)
        remove_setting(ledger.cursor, AREAS_DUE)


def read_records() -> Records:
    """Return every record of the shipped files by the name of its TOML table, with its sources cited in full."""
    records: dict[str, list[dict[str, Any]]] = {}
    for stem in FILES:
        records |= _read_toml(stem)
    citations = _read_toml("sources")
    _number_areas(records["area"])
    for listed in records.values():
        for record in listed:
            _cite_sources(record, citations)
    return records


def _number_areas(areas: list[Record]) -> list[Record]:
    for place, area in enumerate(areas, 1):
        area["place"] = place
    return areas


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
    add_people(rows)
    work.add_work(rows)
    return rows


def _write_rows(ledger: Ledger, rows: Rows) -> None:
    for table, records in rows.tables.items():
        ledger.add_all(table, [values for _key, values in records], [key for key, _values in records])


def _write_papers(ledger: Ledger, rows: Rows) -> None:
    """Write the papers after all other records; a record is linked to every paragraph that a fact of it names."""
    paragraphs = _find_paragraphs(rows)
    by_number: dict[str, list[Claim]] = {}
    for kind in ClaimKind:
        for claim in read_claims(ledger.cursor, kind, PAPER_DATE):
            for number in paragraphs.get(claim.key, ()):
                by_number.setdefault(number, []).append(claim)
    for record in rows.records["commission"]:
        values = {
            "title": record["title"],
            "reference": record["reference"],
            "asked_by": rows.find_party(record["asked_by"]),
        }
        values |= {"ref": record["id"], **read_source(record)}
        commission = ledger.add("commissions", rows.translate("commissions", values))
        paper = record["source"].removeprefix(f"{HEADING}, ")
        for question in record["question"]:
            _write_question(ledger, rows, commission, paper, question, by_number)


def _find_paragraphs(rows: Rows) -> dict[RowKey, dict[str, None]]:
    """Return the paragraphs that the sources of each record and of its facts name, in order."""
    paragraphs: dict[RowKey, dict[str, None]] = {}
    for table, lines in rows.tables.items():
        for key, values in lines:
            sources = [values.get("source") or "", *json.loads(values.get("source_notes") or "{}").values()]
            numbers = [number for source in sources for number in find_paragraphs(source)[1]]
            for owner in (key, values.get(FACT_OWNERS.get(table, ""))):
                if owner:
                    paragraphs.setdefault(owner, {}).update(dict.fromkeys(numbers))
    return paragraphs


def _write_question(
    ledger: Ledger, rows: Rows, commission: RowKey, paper: str, record: Record, by_number: dict[str, list[Claim]]
) -> None:
    values = {name: record.get(name) for name in ("number", "text", "takes")}
    values |= {"commission": commission, **read_source(record)}
    question = ledger.add("commission_questions", rows.translate("commission_questions", values))
    for place, wording in enumerate(record["paragraph"], 1):
        number = f"{record['number']}.{place}"
        source = f"Paragraph {number}, {paper}"
        notes = json.dumps({"text_cy": UNREVIEWED}, ensure_ascii=False)
        fields = {"question": question, "number": place, **wording, "source": source, "source_notes": notes}
        paragraph = ledger.add("paragraphs", rows.translate("paragraphs", fields))
        for claim in by_number.get(number, ()):
            link = {"kind": claim.kind.value, "record": claim.key, "said": claim.sentence}
            ledger.add("paragraph_links", {"paragraph": paragraph, **link, "source": source})


def add_people(rows: Rows) -> None:
    """Add the rows of all areas, parties and seats."""
    _add_areas(rows)
    for organisation in rows.records["organisation"]:
        _add_organisation(rows, organisation)
    for contact in rows.records["contact"]:
        (_add_person if contact["kind"] == "person" else _add_post)(rows, contact)
    for holding in rows.records["holding"]:
        _add_holding(rows, holding)
    for group in rows.records["group"]:
        _add_group(rows, group)
    for membership in rows.records["membership"]:
        _add_seat(rows, membership)


def _add_areas(rows: Rows) -> None:
    """Add the areas, each with the names that it had before."""
    for area in rows.records["area"]:
        key = rows.find_key("area", area["id"])
        values = {name: area.get(name) for name in ("kind", "name", "name_cy")}
        values |= rows.find_keys(area, parent="area", police="organisation")
        values["from_on"] = read_stored_date(area, "from")
        rows.add("areas", {"ref": area["id"], **values, **read_source(area)}, key)
        for former in area.get("former", ()):
            name = {"area": key, "name": former["name"], "name_cy": former["name_cy"], "source": area["source"]}
            name["to_on"] = read_stored_date(former, "until")
            rows.add("area_names", name, derive_name_key(area, former["name"]))


def _add_party(rows: Rows, record: Record, kind: str, name: str, toml_name: str) -> RowKey | None:
    key = rows.find_key(toml_name, record["id"])
    plain = {field: record.get(field) for field in ("name_cy", "short", "email")}
    area = rows.find_key("area", record.get("area"))
    values = {"ref": record["id"], "kind": kind, "name": name, "area": area, **plain}
    rows.add("parties", {**values, **read_source(record)}, key)
    rows.add_links("aliases", {"party": key, "source": record["source"]}, "name", record.get("aliases", ()))
    if "later_name" in record:
        later = {"party": key, "name": record["later_name"], "source": record["source_later_name"]}
        rows.add("aliases", {**later, "from_on": read_stored_date(record, "later_name_from")})
    return key


def _add_organisation(rows: Rows, record: Record) -> None:
    key = _add_party(rows, record, "organisation", record["name"], "organisation")
    values = {
        "kind": record["kind"],
        **rows.find_keys(record, parent="organisation", police="organisation", forum_area="area"),
        "first_responder_since": read_stored_date(record, "since"),
        **read_flags(record, "first_responder", "competent_authority"),
    }
    rows.add("organisations", {**values, **read_source(record)}, key)


def _add_person(rows: Rows, record: Record) -> None:
    key = _add_party(rows, record, "person", record["name"], "contact")
    roles = record.get("other_roles")
    values = {
        "organisation": rows.find_key("organisation", record.get("organisation")),
        "role": record["role"],
        "other_roles": json.dumps(roles) if roles else None,
        "postnominal": record.get("postnominal"),
        "lawful_basis": "public office-holder named in a published paper",
    }
    rows.add("people", {**values, **read_source(record)}, key)


def _add_post(rows: Rows, record: Record) -> None:
    key = _add_party(rows, record, "post", record["role"], "contact")
    values = {
        "organisation": rows.find_key("organisation", record.get("organisation")),
        "established_on": read_stored_date(record, "from"),
        **read_flags(record, "collective"),
    }
    rows.add("posts", {**values, **read_source(record)}, key)


def _add_holding(rows: Rows, record: Record) -> None:
    """Add the holding of a post by a person, or by a person that the paper does not name."""
    parties = rows.find_keys(record, post="contact", person="contact")
    values = {**parties, "ordinal": record.get("ordinal"), "from_on": read_stored_date(record, "from")}
    rows.add("holdings", {**values, **read_source(record)})


def _add_group(rows: Rows, record: Record) -> None:
    key = _add_party(rows, record, "group", record["name"], "group")
    values = {
        "kind": record["kind"],
        "state": record["status"],
        "purpose": record.get("purpose"),
        **rows.find_keys(record, parent="group", chair="party", owner="organisation", lead_organisation="organisation"),
        "ref_pattern": f"{record['short'].replace(' ', '-')}-{{year}}-{{n:02}}" if "short" in record else None,
        **read_flags(record, "time_limited", "restricted"),
    }
    rows.add("groups", {**values, **read_source(record)}, key)


def _add_seat(rows: Rows, record: Record) -> None:
    member = record.get("contact") or record.get("organisation")
    name = member or re.sub(r"[^a-z0-9]+", "-", record["org_class"].lower())
    values = {
        "ref": f"{record['group']}/{name}",
        "group": rows.find_key("group", record["group"]),
        "party": rows.find_party(member),
        "org_class": record.get("org_class"),
        "role": record["role"],
    }
    rows.add("seats", {**values, **read_source(record)})
