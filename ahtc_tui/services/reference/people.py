"""Builds the rows of places, organisations, posts, persons, groups and seats of a shipped data set."""

from __future__ import annotations

import json
import re

from ahtc_tui.domain.keys import RowKey
from ahtc_tui.services.reference.rows import Record, Rows, read_flags, read_source, read_stored_date


def add_people(rows: Rows) -> None:
    """Add the rows of all places, parties and seats."""
    for area in rows.records["area"]:
        values = {name: area.get(name) for name in ("kind", "name", "name_cy")}
        values |= rows.find_keys(area, parent="area", police="organisation")
        rows.add("areas", {"ref": area["id"], **values, **read_source(area)}, rows.find_key("area", area["id"]))
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
    """Add the holding of a post by a person, or by somebody whom the paper does not name."""
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
