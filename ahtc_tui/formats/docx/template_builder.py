"""Builds the shipped templates of agenda and minutes: `python -m ahtc_tui.formats.docx.template_builder`.

The application does not run it. The templates are kept as files, because the secretariat restyles copies in Word.
"""

from __future__ import annotations

from datetime import datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.formats.docx.container import EPOCH, normalize_container
from ahtc_tui.formats.docx.page_layout import add_footer, add_header, add_labelled_line, create_page
from ahtc_tui.formats.docx.tables import add_table, add_template_rows

if TYPE_CHECKING:
    from docx.document import Document

FOLDER = Path(str(resources.files("ahtc_tui.formats") / "templates"))

ACTION_COLUMNS = ("reference", "action", "lead", "due")
ACTION_WIDTHS = (3.1, 6.8, 2.9, 3.6)


def build_templates(folder: Path = FOLDER) -> list[Path]:
    """Write both templates; return their paths."""
    written = []
    for name, fill in (("agenda", _add_agenda), ("minutes", _add_minutes)):
        page = create_page()
        add_header(page, "{{ marking }}", "{{ status_line }}" if name == "minutes" else "")
        add_footer(page, "{{ marking }}", "{{ group }}, {{ ref }}")
        _add_head(page)
        fill(page)
        _add_papers(page)
        _add_conditional(page, "next_meeting", lambda page: _add_section(page, "next_meeting", "{{ next_meeting }}"))
        page.core_properties.created = page.core_properties.modified = datetime.combine(EPOCH, datetime.min.time())
        path = folder / f"{name}.docx"
        page.save(str(path))
        normalize_container(path, EPOCH)
        written.append(path)
    return written


def _add_conditional(page: Document, condition: str, part: object) -> None:
    page.add_paragraph(f"{{%p if {condition} %}}")
    if callable(part):
        part(page)
    page.add_paragraph("{%p endif %}")


def _add_section(page: Document, label: str, text: str) -> None:
    page.add_paragraph(f"{{{{ say.{label} }}}}", style="Heading 2")
    page.add_paragraph(text)


def _add_head(page: Document) -> None:
    page.add_paragraph("{{ group }}", style="Group name")
    page.add_paragraph("{{ kind }}", style="Heading 1")
    _add_conditional(page, "title", lambda page: page.add_paragraph("{{ title }}", style="Meeting facts"))
    page.add_paragraph("{{ when }}", style="Meeting day")
    for name in ("time", "where", "link"):
        label = {"where": "venue"}.get(name, name)
        _add_conditional(
            page, name, lambda page, n=name, w=label: add_labelled_line(page, f"{{{{ say.{w} }}}}", f"{{{{ {n} }}}}")
        )
    add_labelled_line(page, "{{ say.reference }}", "{{ ref }}")
    _add_conditional(page, "standing", lambda page: add_labelled_line(page, "{{ say.state }}", "{{ standing }}"))
    _add_conditional(page, "version", lambda page: add_labelled_line(page, "{{ say.version }}", "{{ version }}"))
    _add_conditional(page, "remark", lambda page: page.add_paragraph("{{ remark }}", style="Remark"))
    _add_conditional(page, "warning", lambda page: page.add_paragraph("{{ warning }}", style="Warning"))
    _add_conditional(page, "note", lambda page: page.add_paragraph("{{ say.note }}: {{ note }}", style="Remark"))
    _add_conditional(page, "brief", lambda page: _add_brief(page, "brief"))


def _add_brief(page: Document, source: str) -> None:
    page.add_paragraph("{{ say.brief }}", style="Brief")
    _add_actions(page, source)


def _add_actions(page: Document, source: str) -> None:
    cells = ("{{ one.ref }}", "{{ one.text }}", "{{ one.lead or '–' }}", "{{ one.due or '–' }}")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in ACTION_COLUMNS], ACTION_WIDTHS)
    add_template_rows(table, "one", source, [cells])


def _add_agenda(page: Document) -> None:
    page.add_paragraph("{{ say.agenda }}", style="Heading 2")
    _add_conditional(page, "not agenda", lambda page: page.add_paragraph("{{ say.no_items }}"))
    page.add_paragraph("{%p if agenda %}")
    headings = ["{{ say.number }}", "{{ say.item }}", "{{ say.presenter }}", "{{ say.minutes }}", "{{ say.starts }}"]
    table = add_table(page, headings, (1.5, 6.8, 4.0, 2.3, 1.8))
    item = (
        "{{ item.title }}\n"
        "{%p for paper in item.papers %}\n@Small|{{ say.paper }}: {{ paper }}\n{%p endfor %}\n"
        "{%p if item.note %}\n@Small|{{ say.note }}: {{ item.note }}\n{%p endif %}"
    )
    cells = ("{{ item.number }}", item, "{{ item.presenter }}", "{{ item.minutes }}", "{{ item.at }}")
    add_template_rows(table, "item", "agenda", [cells], section="item.section")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for item in agenda %}")
    _add_conditional(page, "item.brief", lambda page: _add_brief(page, "item.brief"))
    page.add_paragraph("{%p endfor %}")


def _add_minutes(page: Document) -> None:
    page.add_paragraph("{{ say.attendance }}", style="Heading 2")
    _add_conditional(page, "not attendance", lambda page: page.add_paragraph("{{ say.no_attendance }}"))
    page.add_paragraph("{%p if attendance %}")
    table = add_table(page, ["{{ say.presence }}", "{{ say.organisation }}", "{{ say.name }}"], (4.2, 4.7, 7.5))
    people = "{%p for person in body.people %}\n{{ person }}\n{%p else %}\n–\n{%p endfor %}"
    add_template_rows(table, "body", "attendance", [("**{{ body.heading }}", "{{ body.organisation }}", people)])
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for item in agenda %}")
    _add_item(page)
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{{ say.decisions }}", style="Heading 2")
    _add_conditional(page, "not decisions", lambda page: page.add_paragraph("{{ say.no_decisions }}"))
    page.add_paragraph("{%p if decisions %}")
    table = add_table(page, ["{{ say.reference }}", "{{ say.decision }}"], (3.0, 13.4))
    add_template_rows(table, "one", "decisions", [("{{ one.ref }}", "{{ one.text }}")])
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{{ say.actions }}", style="Heading 2")
    _add_conditional(page, "not actions", lambda page: page.add_paragraph("{{ say.none_agreed }}"))
    _add_conditional(page, "actions", lambda page: _add_actions(page, "actions"))
    _add_conditional(page, "amendments", _add_amendments)


def _add_amendments(page: Document) -> None:
    """Add the table of changes after the minutes were agreed."""
    page.add_paragraph("{{ say.amendments }}", style="Heading 2")
    columns = ("paragraph", "was", "now", "amended_by")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in columns], (2.6, 5.0, 5.0, 3.8))
    cells = tuple(f"{{{{ one.{name} }}}}" for name in ("number", "was", "now", "by"))
    add_template_rows(table, "one", "amendments", [cells])


def _add_item(page: Document) -> None:
    """Add an item: heading, lines in two columns, and whether it has actions."""
    _add_conditional(page, "item.section", lambda page: page.add_paragraph("{{ item.section }}", style="Section label"))
    page.add_paragraph("{{ item.number }}.\t{{ item.title }}", style="Heading 2")
    _add_conditional(
        page,
        "item.presenter",
        lambda page: add_labelled_line(page, "{{ say.presenter }}", "{{ item.presenter }}", keep=True),
    )
    _add_conditional(page, "item.silence", lambda page: page.add_paragraph("{{ item.silence }}"))
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
    add_template_rows(table, "line", "item.lines", [row[1:] for row in rows], [row[0] for row in rows])
    page.add_paragraph("{%p endif %}")
    _add_conditional(
        page, "item.no_actions", lambda page: page.add_paragraph("{{ say.no_actions }}", style="No actions")
    )
    _add_conditional(page, "item.brief", lambda page: _add_brief(page, "item.brief"))


def _add_papers(page: Document) -> None:
    page.add_paragraph("{%p if papers %}")
    page.add_paragraph("{{ say.papers }}", style="Heading 2")
    columns = ("paper", "title", "author", "due", "standing")
    table = add_table(page, [f"{{{{ say.{name} }}}}" for name in columns], (3.1, 3.9, 2.9, 3.5, 3.0))
    fields = ("ref", "title", "author", "due", "standing")
    add_template_rows(table, "paper", "papers", [tuple(f"{{{{ paper.{name} }}}}" for name in fields)])
    page.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    build_templates()
