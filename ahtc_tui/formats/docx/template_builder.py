"""Builds the shipped templates of agenda and minutes: `python -m ahtc_tui.formats.docx.template_builder`.

The application does not run it. The templates are kept as files, because the secretariat restyles copies in Word.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from ahtc_tui.formats.docx.page_layout import add_footer, add_header, add_labelled_line, create_page
from ahtc_tui.formats.docx.tables import add_table, add_template_rows
from ahtc_tui.formats.files.office_container import EPOCH, normalize_container

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document
    from docx.text.paragraph import Paragraph

FOLDER = Path(str(resources.files("ahtc_tui.formats") / "templates"))

ACTION_COLUMNS = ("number", "action", "lead", "due")
ACTION_WIDTHS = (2.9, 7.7, 2.6, 3.2)
BRIEF_WIDTHS = (2.9, 6.4, 3.9, 3.2)
"""Wider leads: the post of the co-ordinator stays unbroken, which minutes print as initials."""


def build_templates(folder: Path = FOLDER) -> list[Path]:
    """Write the templates; return their paths."""
    by_item = partial(_add_minutes, actions_at_end=False)
    written = [
        _save_template(folder / "office-paper.docx", _build_office_paper()),
        _save_template(folder / "letter.docx", _build_letter()),
    ]
    for name, fill in (("agenda", _add_agenda), ("minutes", _add_minutes), ("minutes-actions-by-item", by_item)):
        page = create_page()
        add_header(page, "" if name == "agenda" else "{{ status_line }}")
        add_footer(page, "{{ group }}, {{ ref or when }}")
        _add_head(page)
        fill(page)
        _add_papers(page)
        _add_conditional(page, "next_meeting", lambda page: _add_section(page, "next_meeting", "{{ next_meeting }}"))
        written.append(_save_template(folder / f"{name}.docx", page))
    return written


def _save_template(path: Path, page: Document) -> Path:
    page.core_properties.created = page.core_properties.modified = datetime.combine(EPOCH, datetime.min.time())
    page.save(str(path))
    normalize_container(path, EPOCH)
    return path


def _build_office_paper() -> Document:
    """Return the template of briefs, handovers and other papers: a head, and the place of the contents."""
    page = create_page()
    add_header(page)
    add_footer(page, "{{ title }}")
    page.add_paragraph("{{ title }}", style="Heading 1")
    page.add_paragraph("{{ subtitle }}", style="Meeting day")
    page.add_paragraph("{%p for fact in facts %}")
    add_labelled_line(page, "{{ fact.label }}", "{{ fact.value }}")
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{{ contents }}")
    return page


def _build_letter() -> Document:
    """Return the template of letters, whose contents are everything from the letterhead to the signature."""
    page = create_page()
    add_header(page)
    add_footer(page, "{{ title }}")
    page.add_paragraph("{{ contents }}")
    return page


def _add_conditional(page: Document, condition: str, add_part: Callable[[Document], object]) -> None:
    """Add a part of the page that is printed only where the condition of the template holds."""
    page.add_paragraph(f"{{%p if {condition} %}}")
    add_part(page)
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
        line = partial(add_labelled_line, label=f"{{{{ say.{label} }}}}", value=f"{{{{ {name} }}}}")
        _add_conditional(page, name, line)
    _add_conditional(page, "ref", lambda page: add_labelled_line(page, "{{ say.reference }}", "{{ ref }}"))
    _add_conditional(page, "status", lambda page: add_labelled_line(page, "{{ say.state }}", "{{ status }}"))
    _add_conditional(page, "remark", lambda page: page.add_paragraph("{{ remark }}", style="Remark"))
    _add_conditional(page, "warning", lambda page: page.add_paragraph("{{ warning }}", style="Warning"))
    _add_conditional(page, "note", lambda page: page.add_paragraph("{{ say.note }}: {{ note }}", style="Remark"))
    _add_conditional(page, "brief", lambda page: _add_brief(page, "brief"))


def _add_brief(page: Document, source: str) -> None:
    page.add_paragraph("{{ say.brief }}", style="Brief")
    _add_actions(page, source, widths=BRIEF_WIDTHS)


def _add_actions(page: Document, source: str, number: str = "ref", widths: tuple[float, ...] = ACTION_WIDTHS) -> None:
    cells = (f"{{{{ one.{number} or '–' }}}}", "{{ one.text }}", "{{ one.lead or '–' }}", "{{ one.due or '–' }}")
    table = add_table(page, _label(*ACTION_COLUMNS), widths, *_label("action_table"))
    add_template_rows(table, "one", source, cells)


def _label(*names: str) -> list[str]:
    """Return the placeholders of labels."""
    return [f"{{{{ say.{name} }}}}" for name in names]


def _add_agenda(page: Document) -> None:
    page.add_paragraph("{{ say.agenda }}", style="Heading 2")
    _add_conditional(page, "not agenda", lambda page: page.add_paragraph("{{ say.no_items }}"))
    page.add_paragraph("{%p if agenda %}")
    headings = _label("number", "item", "presenter", "minutes", "starts")
    table = add_table(page, headings, (1.2, 6.9, 4.1, 2.0, 2.2), *_label("agenda_table"))
    item = (
        "{{ item.title }}\n"
        "{%p for paper in item.papers %}\n@Small|{{ say.paper }}: {{ paper }}\n{%p endfor %}\n"
        "{%p if item.note %}\n@Small|{{ say.note }}: {{ item.note }}\n{%p endif %}\n"
        "{%p for interest in item.interests %}\n@Small|{{ say.interest }}: {{ interest }}\n{%p endfor %}"
    )
    cells = ("{{ item.number }}", item, "{{ item.presenter }}", "{{ item.minutes }}", "{{ item.at }}")
    add_template_rows(table, "item", "agenda", cells, section="item.section")
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p for item in agenda %}")
    _add_conditional(page, "item.brief", lambda page: _add_brief(page, "item.brief"))
    page.add_paragraph("{%p endfor %}")


def _add_minutes(page: Document, *, actions_at_end: bool = True) -> None:
    """Add attendance, items and decisions, with the actions in a table at the end or under each item."""
    page.add_paragraph("{{ say.attendance }}", style="Heading 2")
    _add_conditional(page, "not attendance", lambda page: page.add_paragraph("{{ say.no_attendance }}"))
    page.add_paragraph("{%p for group in attendance %}")
    page.add_paragraph("{{ group.heading }}", style="Heading 3")
    _add_list(page, "person", "group.people", "{{ person }}")
    page.add_paragraph("{%p endfor %}")
    page.add_paragraph("{%p for item in agenda %}")
    _add_item(page, with_table=not actions_at_end)
    page.add_paragraph("{%p endfor %}")
    _add_conditional(page, "decisions", _add_decisions)
    if actions_at_end:
        page.add_paragraph("{{ say.actions }}", style="Heading 2")
        _add_conditional(page, "not actions", lambda page: page.add_paragraph("{{ say.none_agreed }}"))
        _add_conditional(page, "actions", lambda page: _add_actions(page, "actions"))
    _add_conditional(page, "amendments", _add_amendments)


def _add_list(page: Document, name: str, source: str, text: str) -> None:
    page.add_paragraph(f"{{%p for {name} in {source} %}}")
    page.add_paragraph(text, style="List Bullet")
    page.add_paragraph("{%p endfor %}")


def _add_decisions(page: Document) -> None:
    page.add_paragraph("{{ say.decisions }}", style="Heading 2")
    table = add_table(page, _label("number", "decision"), (3.0, 13.4), *_label("decision_table"))
    add_template_rows(table, "one", "decisions", ("{{ one.ref or '–' }}", "{{ one.text }}"))


def _add_amendments(page: Document) -> None:
    """Add the table of changes after the minutes were agreed."""
    page.add_paragraph("{{ say.amendments }}", style="Heading 2")
    columns = ("paragraph", "was", "now", "amended_by")
    table = add_table(page, _label(*columns), (2.6, 4.6, 4.6, 4.6), *_label("amendment_table"))
    add_template_rows(
        table, "one", "amendments", tuple(f"{{{{ one.{name} }}}}" for name in ("number", "was", "now", "by"))
    )


def _add_item(page: Document, *, with_table: bool) -> None:
    """Add an item: heading and numbered paragraphs, with its actions among them or in a table below them."""
    from docx.shared import Cm

    _add_conditional(page, "item.section", lambda page: page.add_paragraph("{{ item.section }}", style="Section label"))
    heading = page.add_paragraph("{{ item.number }}.\t{{ item.title }}", style="Heading 2").paragraph_format
    heading.left_indent, heading.first_line_indent = Cm(1.1), Cm(-1.1)
    _add_conditional(page, "item.silence", lambda page: page.add_paragraph("{{ item.silence }}"))
    page.add_paragraph("{%p for line in item.lines %}")
    page.add_paragraph('{%p if line.kind == "note" %}')
    page.add_paragraph("{{ line.number }}\t{{ line.text }}", style="Minute")
    page.add_paragraph('{%p elif line.kind == "decision" %}')
    _add_labelled_paragraph(page, "decision")
    if not with_table:
        page.add_paragraph("{%p else %}")
        lead = "{% if line.lead %}{{ say.action_by }}: {{ line.lead }}{% if line.due %}; {% endif %}{% endif %}"
        bracket = f"{{% if line.lead or line.due %}} ({lead}{{{{ line.due }}}}){{% endif %}}"
        _add_labelled_paragraph(page, "action").add_run(bracket)
    page.add_paragraph("{%p endif %}")
    page.add_paragraph("{%p endfor %}")
    if with_table:
        actions = 'item.lines | selectattr("kind", "equalto", "action") | list'
        _add_conditional(page, actions, lambda page: _add_actions(page, actions, "number"))
    _add_conditional(page, "item.brief", lambda page: _add_brief(page, "item.brief"))


def _add_labelled_paragraph(page: Document, kind: str) -> Paragraph:
    paragraph = page.add_paragraph("{{ line.number }}\t", style="Minute")
    paragraph.add_run(f"{{{{ say.{kind} }}}}{{% if line.ref %}} {{{{ line.ref }}}}{{% endif %}}:", style="Strong")
    paragraph.add_run(" {{ line.text }}")
    return paragraph


def _add_papers(page: Document) -> None:
    page.add_paragraph("{%p if papers %}")
    page.add_paragraph("{{ say.papers }}", style="Heading 2")
    author = "{% if paper.author %} ({{ paper.author }}){% endif %}"
    withheld = "{% if paper.withheld %}. {{ paper.withheld }}{% endif %}"
    _add_list(
        page, "paper", "papers", "{% if paper.ref %}{{ paper.ref }} {% endif %}{{ paper.title }}" + author + withheld
    )
    page.add_paragraph("{%p endif %}")


if __name__ == "__main__":
    build_templates()
