"""Makes the shipped templates of agenda and minutes: `python -m ahtc_tui.formats.docx.template_builder`.

The desk itself never runs it: what is made is kept as files in templates/, because the secretariat restyles copies
of them in Word.
"""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.formats.docx.container import EPOCH, same_bytes
from ahtc_tui.formats.docx.page_layout import blank, field_of, footer_of, header_of
from ahtc_tui.formats.docx.tables import add_table, rows_for

if TYPE_CHECKING:
    from docx.document import Document

FOLDER = Path(str(resources.files("ahtc_tui.formats") / "templates"))

ACTION_COLUMNS = ("reference", "action", "lead", "due")
ACTION_WIDTHS = (3.1, 6.8, 2.9, 3.6)


def build(folder: Path = FOLDER) -> list[Path]:
    """Write both templates; returns the files."""
    made = []
    for name, fill in (("agenda", _agenda), ("minutes", _minutes)):
        page = blank()
        header_of(page, "{{ marking }}", "{{ status_line }}" if name == "minutes" else "")
        footer_of(page, "{{ marking }}", "{{ group }}, {{ ref }}")
        _head(page)
        fill(page)
        _papers(page)
        _when(page, "next_meeting", lambda page: _section(page, "next_meeting", "{{ next_meeting }}"))
        page.core_properties.created = page.core_properties.modified = datetime.combine(EPOCH, datetime.min.time())
        path = folder / f"{name}.docx"
        page.save(str(path))
        same_bytes(path, EPOCH)
        made.append(path)
    return made


def _when(page: Document, condition: str, part: object) -> None:
    """A part that stands only where the condition holds."""
    page.add_paragraph(f"{{%p if {condition} %}}")
    if callable(part):
        part(page)
    page.add_paragraph("{%p endif %}")


def _section(page: Document, label: str, text: str) -> None:
    page.add_paragraph(f"{{{{ say.{label} }}}}", style="Heading 2")
    page.add_paragraph(text)


def _head(page: Document) -> None:
    """Whose meeting it is, when and where."""
    page.add_paragraph("{{ group }}", style="Group name")
    page.add_paragraph("{{ kind }}", style="Heading 1")
    _when(page, "title", lambda page: page.add_paragraph("{{ title }}", style="Meeting facts"))
    page.add_paragraph("{{ when }}", style="Meeting day")
    for name in ("time", "where", "link"):
        label = {"where": "venue"}.get(name, name)
        _when(page, name, lambda page, n=name, w=label: field_of(page, f"{{{{ say.{w} }}}}", f"{{{{ {n} }}}}"))
    field_of(page, "{{ say.reference }}", "{{ ref }}")
    _when(page, "standing", lambda page: field_of(page, "{{ say.state }}", "{{ standing }}"))
    _when(page, "version", lambda page: field_of(page, "{{ say.version }}", "{{ version }}"))
    _when(page, "remark", lambda page: page.add_paragraph("{{ remark }}", style="Remark"))
    _when(page, "warning", lambda page: page.add_paragraph("{{ warning }}", style="Warning"))
    _when(page, "note", lambda page: page.add_paragraph("{{ say.note }}: {{ note }}", style="Remark"))
    _when(page, "brief", lambda page: _brief(page, "brief"))


def _brief(page: Document, source: str) -> None:
    page.add_paragraph("{{ say.brief }}", style="Brief")
    _actions(page, source)


def _actions(page: Document, source: str) -> None:
    cells = ("{{ one.ref }}", "{{ one.text }}", "{{ one.lead or '–' }}", "{{ one.due or '–' }}")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in ACTION_COLUMNS], ACTION_WIDTHS)
    rows_for(table, "one", source, [cells])


def _agenda(page: Document) -> None:
    page.add_paragraph("{{ say.agenda }}", style="Heading 2")
    _when(page, "not agenda", lambda page: page.add_paragraph("{{ say.no_items }}"))
    page.add_paragraph("{%p if agenda %}")
    headings = ["{{ say.number }}", "{{ say.item }}", "{{ say.presenter }}", "{{ say.minutes }}", "{{ say.starts }}"]
    table = add_table(page, headings, (1.5, 6.8, 4.0, 2.3, 1.8))
    item = (
        "{{ item.title }}\n"
        "{%p for paper in item.papers %}\n@Small|{{ say.paper }}: {{ paper }}\n{%p endfor %}\n"
        "{%p if item.note %}\n@Small|{{ say.note }}: {{ item.note }}\n{%p endif %}"
    )
    cells = ("{{ item.number }}", item, "{{ item.presenter }}", "{{ item.minutes }}", "{{ item.at }}")
    rows_for(table, "item", "agenda", [cells], above="item.section")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for item in agenda %}")
    _when(page, "item.brief", lambda page: _brief(page, "item.brief"))
    page.add_paragraph("{%p endfor %}")


def _minutes(page: Document) -> None:
    page.add_paragraph("{{ say.attendance }}", style="Heading 2")
    _when(page, "not attendance", lambda page: page.add_paragraph("{{ say.no_attendance }}"))
    page.add_paragraph("{%p if attendance %}")
    table = add_table(page, ["{{ say.presence }}", "{{ say.organisation }}", "{{ say.name }}"], (4.2, 4.7, 7.5))
    people = "{%p for person in body.people %}\n{{ person }}\n{%p endfor %}"
    rows_for(table, "body", "attendance", [("**{{ body.heading }}", "{{ body.organisation }}", people)])
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for item in agenda %}")
    _item(page)
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{{ say.decisions }}", style="Heading 2")
    _when(page, "not decisions", lambda page: page.add_paragraph("{{ say.no_decisions }}"))
    page.add_paragraph("{%p if decisions %}")
    table = add_table(page, ["{{ say.reference }}", "{{ say.decision }}"], (3.0, 13.4))
    rows_for(table, "one", "decisions", [("{{ one.ref }}", "{{ one.text }}")])
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{{ say.actions }}", style="Heading 2")
    _when(page, "not actions", lambda page: page.add_paragraph("{{ say.none_agreed }}"))
    _when(page, "actions", lambda page: _actions(page, "actions"))
    _when(page, "amendments", _amendments)


def _amendments(page: Document) -> None:
    """What was put right after the minutes were agreed."""
    page.add_paragraph("{{ say.amendments }}", style="Heading 2")
    columns = ("paragraph", "was", "now", "amended_by")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in columns], (2.6, 5.0, 5.0, 3.8))
    cells = tuple(f"{{{{ one.{name} }}}}" for name in ("number", "was", "now", "by"))
    rows_for(table, "one", "amendments", [cells])


def _item(page: Document) -> None:
    """An item: its heading, its lines in two columns, and whether it left anything to do."""
    _when(page, "item.section", lambda page: page.add_paragraph("{{ item.section }}", style="Section label"))
    page.add_paragraph("{{ item.number }}.\t{{ item.title }}", style="Heading 2")
    _when(page, "item.presenter", lambda page: field_of(page, "{{ say.presenter }}", "{{ item.presenter }}", keep=True))
    _when(page, "item.silence", lambda page: page.add_paragraph("{{ item.silence }}"))
    page.add_paragraph("{%p if item.lines %}")
    table = add_table(page, ["{{ say.discussion }}", "{{ say.action_by }}"], (12.0, 4.4), quiet=True)
    labelled = "@Minute|{{{{ line.number }}}}\t**{{{{ say.{kind} }}}} {{{{ line.ref }}}}:** {{{{ line.text }}}}"
    due = "{%p if line.lead %}\n**{{ line.lead }}\n{%p endif %}\n{%p if line.due %}\n{{ line.due }}\n{%p endif %}"
    rows = [
        (
            'line.kind == "action"',
            labelled.format(kind="action"),
            due + "\n{%p if not line.lead and not line.due %}\n–\n{%p endif %}",
        ),
        ('line.kind == "decision"', labelled.format(kind="decision"), ""),
        ("", "@Minute|{{ line.number }}\t{{ line.text }}", ""),
    ]
    rows_for(table, "line", "item.lines", [row[1:] for row in rows], [row[0] for row in rows])
    page.add_paragraph("{%p endif %}")
    _when(page, "item.no_actions", lambda page: page.add_paragraph("{{ say.no_actions }}", style="No actions"))
    _when(page, "item.brief", lambda page: _brief(page, "item.brief"))


def _papers(page: Document) -> None:
    page.add_paragraph("{%p if papers %}")
    page.add_paragraph("{{ say.papers }}", style="Heading 2")
    columns = ("paper", "title", "author", "due", "standing")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in columns], (3.1, 3.9, 2.9, 3.5, 3.0))
    fields = ("ref", "title", "author", "due", "standing")
    rows_for(table, "paper", "papers", [tuple(f"{{{{ paper.{name} }}}}" for name in fields)])
    page.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    build()
