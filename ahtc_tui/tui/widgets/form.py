"""Base class of the forms: labelled fields, saved or left. Subclasses interpret the values.

The form of an existing record writes only the fields that the person changed. Where somebody else wrote one of them
after the form was opened, the form shows both values and the person chooses.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rich.cells import cell_len
from textual import on, work
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.events import DescendantFocus
from textual.geometry import Region
from textual.getters import query_one
from textual.widget import Widget
from textual.widgets import Checkbox, Input, Select, Switch, TextArea

from ahtc_tui.domain.contacts.model import PartyKind
from ahtc_tui.domain.errors import AhtcError, BadInput, UnknownName
from ahtc_tui.domain.i18n import _, gettext_noop
from ahtc_tui.domain.replication.overwrites import ChangedMeanwhile, Overwrite, SeenPosition
from ahtc_tui.tui.keys.key import MENU
from ahtc_tui.tui.widgets.confirm import Confirm, Dialog, show_toast
from ahtc_tui.tui.widgets.date_field import DateField
from ahtc_tui.tui.widgets.overwrite_question import OURS, OverwriteQuestion
from ahtc_tui.tui.widgets.owner_field import Candidate, OwnerField
from ahtc_tui.tui.widgets.pick_list import Pick
from ahtc_tui.tui.widgets.plain import Plain, PlainLabel, join_lines
from ahtc_tui.tui.widgets.prose_field import ProseField, TitleField

HIGH_LINES = 30
"""Height of the screen from which a blank line separates the rows even where they scroll."""
REQUIRED_MARK = " *"
"""Ends the label of a field without which the form cannot be saved."""
LABEL_WIDTH = 16
"""Least width of the labels, which widens to the longest label in view at first; longer ones wrap."""
LONG_SAVE_SECONDS = 1.0
"""Time after which a form says that it is still being saved."""
FRAME_LINES = 8
"""Lines of the panel besides the rows: padding, title, two lines for an error, keys."""
PROSE_LINES = 4
NAMED_FIELDS = 2
"""Fields out of view that a form names."""
HINT_CELLS = 48
"""Cells of a line of a hint on a screen of 80 columns."""


@dataclass(frozen=True, slots=True)
class FormRow:
    """A label and its field; `name` is the key of the value."""

    name: str
    label: str
    field: Widget
    hint: str = ""
    required: bool = False
    """Whether the form cannot be saved without it."""
    is_extra: bool = False
    """Whether it is in view only after a person asked for more."""


def format_label(label: str, *, required: bool) -> str:
    """Return the label of a row, with the mark of a field that must be filled in."""
    return label + REQUIRED_MARK if required else label


def _count_lines(row: FormRow) -> int:
    """Return the lines of a row and of the blank line after it."""
    lines = PROSE_LINES if isinstance(row.field, ProseField) else 1
    if isinstance(row.field, TitleField):
        lines = 1 + len(row.field.text) // HINT_CELLS
    return lines + -(-len(row.hint) // HINT_CELLS) + 1


def make_text_input(value: str | None, placeholder: str = "") -> Input:
    """Return an input of one line, with line breaks of the value shown as spaces."""
    return Input(join_lines(value or ""), placeholder, compact=True)


def format_new_kind(kind: str) -> str:
    """Return the name of a kind of record that a form adds."""
    others = {"area": _("Area"), "meeting": _("Meeting")}
    return others.get(kind) or PartyKind(kind).label


def read_value(field: Widget) -> Any:
    """Return the value of a field: stripped text, option, boolean, date or reference; None for none."""
    match field:
        case DateField() | OwnerField():
            return field.form_value
        case Input() | TitleField():
            return field.value.strip()
        case TextArea():
            return field.text.strip()
        case Select():
            return None if field.is_blank() else field.value
        case Checkbox() | Switch():
            return field.value
    return getattr(field, "form_value", None)


def _read_typed_value(field: Widget) -> Any:
    return field.typed_text if isinstance(field, DateField | OwnerField) else read_value(field)


def take_typed_text(app: App[Any], key: str) -> dict[str, Any]:
    """Return what was typed in a screen when the last one ended, once; empty without it.

    The app notes that it came back: an error that follows does not keep the same text again.
    """
    kept: dict[str, dict[str, Any]] = getattr(app, "unsaved_texts", {})  # the first screen of an office has none
    values = kept.pop(key, {})
    if values:
        restored: dict[str, dict[str, Any]] = getattr(app, "restored_texts", {})
        restored[key] = values
    return values


def _restore_value(field: Widget, value: Any) -> None:
    """Put a typed value back into a field; an option that no longer exists is left out."""
    match field:
        case DateField() | OwnerField():
            field.input.value = str(value)
        case Input() | TitleField():
            field.value = str(value)
        case TextArea():
            field.text = str(value)
        case Select():
            if any(option == value for _label, option in field._options):
                field.value = value
        case Checkbox() | Switch():
            field.value = bool(value)


def _read_shown_value(field: Widget, value: str | None) -> str | None:
    """Return a stored value as the field shows it: the label of an option; other values unchanged."""
    if isinstance(field, Select):
        return next((str(label) for label, option in field._options if option == value), value)
    return value


class MoreLine(Plain, can_focus=True):
    """The line that names the fields out of view; enter, space or a click shows them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space", "screen.more", gettext_noop("Show the other fields"), show=False, id="form.more-line")
    ]

    def on_click(self) -> None:
        self.screen.action_more()  # type: ignore[attr-defined]


class FormScreen(Dialog[dict[str, Any] | None]):
    """Base of all forms. Dismisses with the values, or with None if nothing was saved."""

    DEFAULT_CSS = """
    FormScreen {
        & > #form-panel { max-width: 96; }
        & #form-title { text-style: bold; height: 1; margin-bottom: 1; text-wrap: nowrap; text-overflow: ellipsis; }
        & #form-rows {
            height: auto;
            scrollbar-size-vertical: 1;
            scrollbar-background: $surface;
            scrollbar-background-hover: $surface;
            scrollbar-background-active: $surface;
            scrollbar-color: $foreground 55%;
        }
        & .form-row { height: auto; margin-bottom: 1; }
        &.-low .form-row { margin-bottom: 0; }
        & .form-row > PlainLabel { color: $foreground-muted; }
        & .form-row > .form-cell { width: 1fr; height: auto; }
        & .form-cell > .form-hint { color: $foreground-muted; }
        & .form-cell Input { background: $panel; }
        & .form-cell SelectCurrent { background: $panel; }
        & .form-cell Input:focus { background: $primary-muted; }
        & .form-cell > TextArea { border: none; padding: 0; background: $panel; }
        & .form-cell > ProseField { height: 4; }
        & .form-cell > TitleField { height: auto; }
        & .form-cell > TextArea:focus { background: $primary-muted; }
        & .form-row.-wrong > PlainLabel { color: $text-error; text-style: bold; }
        & .form-cell > .form-error { color: $text-error; display: none; }
        & .form-row.-wrong .form-error { display: block; }
        & .form-row.-extra, & .form-row.-other-kind { display: none; }
        & #form-more { height: 1; color: $foreground-muted; text-wrap: nowrap; text-overflow: ellipsis; }
        & #form-more:focus { background: $primary-muted; color: $foreground; }
        & #form-error { color: $text-error; height: auto; display: none; }
        & #form-error.-shown { display: block; }
        & #form-keys { color: $foreground-muted; height: 1; margin-top: 1; }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "save", gettext_noop("Save"), id="form.save", priority=True),
        Binding("escape,ctrl+g", "leave", gettext_noop("Leave"), id="form.leave"),
        Binding("down", "app.focus_next", gettext_noop("Next field"), id="form.next", show=False),
        Binding("up", "app.focus_previous", gettext_noop("Field before"), id="form.previous", show=False),
        Binding("f2", "app.menu", gettext_noop("Menu"), id="form.menu"),
        Binding(f"{MENU}e", "app.edit_outside", gettext_noop("Open the text in your editor"), id="form.editor"),
        Binding(f"{MENU}r", "app.ready_sentence", gettext_noop("Insert a ready sentence"), id="form.ready"),
        Binding(f"{MENU}j", "app.jump", gettext_noop("Jump to a field"), id="form.jump"),
        Binding(f"{MENU}m", "more", gettext_noop("Show the other fields"), id="form.more"),
    ]

    save_label: ClassVar[str] = gettext_noop("save")
    """Label of the save key."""
    saves_on_enter: ClassVar[bool] = False
    """Whether enter saves, as in a form with one field; otherwise it moves to the next field."""

    fields_of_column: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    """Names of the fields that write a column, or a table of parts, where they differ from its name."""
    adds_record: ClassVar[bool] = False
    """Whether the form adds something to a record, as an update does, so that it also saves without a change."""

    writes_all_fields: bool = False
    """Whether the fields start with a proposal rather than with the record, so that unchanged ones are written too."""

    rows_pane = query_one("#form-rows", VerticalScroll)
    error_line = query_one("#form-error", Plain)
    keys_line = query_one("#form-keys", Plain)

    def __init__(self, title: str, seen: SeenPosition | None = None) -> None:
        """`seen` is what the person has seen of an existing record: `seen` of the desk that its opener returned."""
        super().__init__()
        self._form_title = title
        self._form_rows: tuple[FormRow, ...] = ()
        self._initial_values: dict[str, Any] = {}
        self._saving = False
        self._seen = seen
        self._kept_theirs: dict[str, Any] = {}
        """Typed values by field that the person gave up for the value of somebody else."""
        self._extra_names: set[str] = set()
        """Names of the rows out of view."""

    def rows(self) -> Iterable[FormRow]:
        """Return the rows of the form."""
        raise NotImplementedError

    async def accept(self, values: dict[str, Any]) -> None:
        """Check and write the values. Raise an AhtcError to keep the form open with its message.

        The form of an existing record gets only the values that the person changed.
        """

    def compose(self) -> ComposeResult:
        self._form_rows = tuple(self.rows())
        self._extra_names = {row.name for row in self._form_rows if row.is_extra}
        if self._form_rows and type(first := self._form_rows[0].field) is Input:
            first.select_on_focus = False  # the form opens in it: the first letter would replace its text
        labels = [format_label(row.label, required=row.required) for row in self._form_rows]
        shown = (label for row, label in zip(self._form_rows, labels, strict=True) if not row.is_extra)
        label_width = max((LABEL_WIDTH, *(cell_len(label) + 1 for label in shown)))
        with Vertical(id="form-panel"):
            yield Plain(self._form_title, id="form-title")
            with VerticalScroll(id="form-rows", can_focus=False):
                for row, text in zip(self._form_rows, labels, strict=True):
                    classes = "form-row -extra" if row.is_extra else "form-row"
                    with Horizontal(classes=classes, id=f"form-row-{row.name}"):
                        label = PlainLabel(text)
                        label.styles.width = label_width
                        yield label
                        with Vertical(classes="form-cell"):
                            yield row.field
                            yield Plain(classes="form-error")
                            if row.hint:
                                yield Plain(row.hint, classes="form-hint")
            if self._extra_names:
                yield MoreLine(self._format_more(), id="form-more")
            yield Plain(id="form-error")
            yield Plain(self._format_keys(), id="form-keys")

    def _format_keys(self) -> str:
        keys = _("ctrl+s {does}   esc leave   tab next field").format(does=_(self.save_label))
        legend = (_("* required"),) if any(row.required for row in self._form_rows) else ()
        return "   ".join((keys, *legend))

    def _format_more(self) -> str:
        """Return the first fields out of view, and the number of the others."""
        labels = [row.label for row in self._form_rows if row.name in self._extra_names]
        first, others = ", ".join(labels[:NAMED_FIELDS]), len(labels) - NAMED_FIELDS
        if others > 0:
            first = _("{named} and {n} more").format(named=first, n=others)
        return f"▸ {first}"

    def hide_rows(self, names: Set[str]) -> None:
        """Take the rows of these names out of view and show all others."""
        self._extra_names = set(names)
        for row in self._form_rows:
            self.query_one(f"#form-row-{row.name}").set_class(row.name in names, "-extra")
        for line in self.query(MoreLine):
            line.display = bool(names)
            line.update(self._format_more())
        self._fit_rows(self.size.height)

    def reveal(self, *names: str) -> None:
        """Show rows that may be out of view."""
        if not self._extra_names.isdisjoint(names):
            self.hide_rows(self._extra_names.difference(names))

    def action_more(self) -> None:
        """Show all rows and go to the first of those that were out of view."""
        first = next((row.name for row in self._form_rows if row.name in self._extra_names), None)
        if first is not None:
            self.hide_rows(frozenset())
            self._focus_row(first)

    def _focus_row(self, name: str) -> None:
        """Set the focus to the field of a row, or to the input within it."""
        field = next(row.field for row in self._form_rows if row.name == name)
        next(iter(field.query("Input").results()), field).focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Have no command for more fields where all are in view."""
        return (action != "more" or bool(self._extra_names)) and super().check_action(action, parameters)

    def on_mount(self) -> None:
        self._initial_values = self._read_typed_values()
        self._fit_rows(self.app.size.height)  # before the first paint, so that nothing moves
        self._restore_typed_text()
        self.watch(self.rows_pane, "show_vertical_scrollbar", self._show_cursor, init=False)  # it narrows the fields

    def on_resize(self) -> None:
        self._fit_rows(self.size.height)
        self._show_cursor()

    @on(DescendantFocus)
    def _show_cursor(self) -> None:
        """Scroll the input with the focus to its cursor, which Textual does only when the cursor moves."""
        self.call_after_refresh(self._scroll_to_cursor)

    def _scroll_to_cursor(self) -> None:
        if isinstance(field := self.focused, Input):
            field.scroll_to_region(Region(field._cursor_offset, 0, 1, 1), force=True, animate=False)

    def _fit_rows(self, lines: int) -> None:
        """Limit the height of the rows so that title, error and keys stay visible; separate them if they fit then."""
        room = max(3, lines - FRAME_LINES - bool(self._extra_names))
        self.rows_pane.styles.max_height = room
        hidden = {form_row.id for form_row in self.query(".-extra, .-other-kind")}
        shown = (row for row in self._form_rows if f"form-row-{row.name}" not in hidden)
        self.set_class(lines < HIGH_LINES and sum(map(_count_lines, shown)) > room, "-low")

    def _read_typed_values(self) -> dict[str, Any]:
        return {row.name: _read_typed_value(row.field) for row in self._form_rows}

    @property
    def has_changes(self) -> bool:
        """Whether a field differs from its initial value."""
        return self._read_typed_values() != self._initial_values

    def list_unsaved_work(self) -> list[str]:
        """Return the title with the labels of the changed rows; nothing if no row differs."""
        typed = self._read_typed_values()
        changed = [row.label for row in self._form_rows if typed[row.name] != self._initial_values.get(row.name)]
        if not self._initial_values or not changed:
            return []
        return [_("{form}: {fields}").format(form=self._form_title, fields=", ".join(filter(None, changed)))]

    @property
    def typed_text_key(self) -> str:
        """The kind of the form and its title, which names the record."""
        return f"{type(self).__name__}: {self._form_title}"

    def read_unsaved_values(self) -> dict[str, Any]:
        """Return the changed values that JSON can hold; a passphrase is never kept."""
        secret = {row.name for row in self._form_rows if isinstance(row.field, Input) and row.field.password}
        typed = self._read_typed_values() if self._initial_values else {}
        changed = {name: value for name, value in typed.items() if value != self._initial_values.get(name)}
        return {name: value for name, value in changed.items() if isinstance(value, str | bool) and name not in secret}

    def _restore_typed_text(self) -> None:
        """Put back what was typed here when the screen ended."""
        values = take_typed_text(self.app, self.typed_text_key)
        for row in self._form_rows:
            if row.name in values:
                _restore_value(row.field, values[row.name])
                self.reveal(row.name)
        if values:
            self.show_error(_("What you typed before the screen ended is back. It is not saved yet."))

    def values(self) -> dict[str, Any]:
        """Return the values by name. Marks the row of an invalid value and raises BadInput."""
        values: dict[str, Any] = {}
        for row in self._form_rows:
            try:
                values[row.name] = read_value(row.field)
            except (BadInput, UnknownName) as error:
                self.show_error(str(error), row.name)
                raise
        return values

    def show_error(self, text: str, name: str | None = None) -> None:
        """Show a message: below the field of this name, which is marked and gets the focus, or at the end."""
        has_row = any(row.name == name for row in self._form_rows)
        self.error_line.update("" if has_row else text)
        self.error_line.set_class(bool(text) and not has_row, "-shown")
        for row in self._form_rows:
            form_row = self.query_one(f"#form-row-{row.name}")
            form_row.set_class(row.name == name, "-wrong")
            if row.name == name:
                form_row.query_one(".form-error", Plain).update(text)
                self.reveal(row.name)
                self._focus_row(row.name)
                if isinstance(row.field, OwnerField):
                    row.field.hide_options()

    @work(group="form-save")
    async def action_save(self) -> None:
        """Accept the values and close, or show the error. Not exclusive: a write must not be cancelled."""
        if self._saving:
            return
        self._saving = True
        self.show_error("")
        keys_line = self.keys_line  # after the save the form may be gone
        notice = self.app.set_timer(LONG_SAVE_SECONDS, self._announce_saving)
        try:
            values = self.values()
            changed = self.select_changed(values)
            if changed or self._seen is None or self.adds_record:
                await self.accept(changed)
        except ChangedMeanwhile as error:
            self._ask_about_overwrites(error, tuple(changed))
        except AhtcError as error:
            if not self.error_text:
                self.show_error(str(error), self._find_field_of(error))
            if isinstance(error, UnknownName):
                self._offer_new_name(error)
        else:
            self.dismiss(values if changed or self._seen is None or self.adds_record else None)
        finally:
            notice.stop()
            keys_line.update(self._format_keys())
            self._saving = False

    @work(group="form-new")
    async def _offer_new_name(self, unknown: UnknownName) -> None:
        """Ask whether to add the name that is not known as a new record; after that the form is saved."""
        from ahtc_tui.services.new_names import NEW_KINDS, propose_kind, split_address

        add_record = getattr(self.app, "add_named_record", None)  # the first screen has no records yet
        kinds = [kind for kind in (*NEW_KINDS, "meeting") if kind in unknown.kinds]
        if not kinds or add_record is None:
            return
        options = [(kind, "") for kind in kinds]
        name, _address = split_address(unknown.name)
        question = _('There is no "{name}" yet. Add it as:').format(name=name)
        first = kinds.index(propose_kind(kinds, unknown.name))
        labels = {kind: format_new_kind(kind) for kind in kinds}
        kind = await self.app.push_screen_wait(Pick(question, options, first, labels=labels))
        if kind is None:
            return
        try:
            record = await add_record(kind, unknown.name)
        except AhtcError as error:
            self.show_error(str(error))
            return
        if record is None:  # its form was left
            return
        for field in self.query(OwnerField).results(OwnerField):
            field.add_candidate(Candidate(record.name, record.ref), unknown.name, kind)
        self.action_save()

    def _announce_saving(self) -> None:
        """Say that the form is being saved, unless the save has ended since the timer fired."""
        if self._saving:
            self.keys_line.update(_("Saving"))

    @property
    def error_text(self) -> str:
        """The message shown, below a field or at the end; empty without one."""
        shown = [
            *self.query(".form-row.-wrong .form-error").results(Plain),
            *self.query("#form-error.-shown").results(Plain),
        ]
        return "\n".join(str(line.content) for line in shown)

    def _find_field_of(self, error: AhtcError) -> str | None:
        """Return the field that an error is about: the one it names, or the first required field that is empty."""
        column = error.field if isinstance(error, BadInput) else ""
        if column or not isinstance(error, BadInput):
            return next(iter(self.fields_of_column.get(column, (column,))), None)
        return next((row.name for row in self._form_rows if row.required and not read_value(row.field)), None)

    def select_changed(self, values: dict[str, Any]) -> dict[str, Any]:
        """Return the values to write: those that the person changed and did not give up; all of a new record."""
        if self._seen is None:
            return dict(values)
        typed, kept = self._read_typed_values(), self._kept_theirs
        given_up = {name for name in kept if kept[name] == typed[name]}
        unchanged = {name for name in values if typed[name] == self._initial_values[name]}
        left_out = given_up if self.writes_all_fields else given_up | unchanged
        return {name: value for name, value in values.items() if name not in left_out}

    @work(group="form-leave")
    async def _ask_about_overwrites(self, error: ChangedMeanwhile, changed: tuple[str, ...]) -> None:
        """Show each field with their value and ours; write what remains once every field is decided."""
        questions: dict[tuple[str, ...], list[Overwrite]] = {}
        for overwrite in error.overwrites:
            questions.setdefault(self._list_fields_of(overwrite, changed), []).append(overwrite)
        answers = {}
        for names, overwrites in questions.items():
            rows = [row for row in self._form_rows if row.name in names]
            shown = tuple(self._show_as_typed(overwrite, rows) for overwrite in overwrites)
            label = ", ".join(row.label for row in rows) or overwrites[0].field.replace("_", " ")
            answers[names] = await self.app.push_screen_wait(OverwriteQuestion(label, shown))
            if answers[names] is None:
                return
        for names, answer in answers.items():
            self.decide_overwrites(names, questions[names], ours=answer == OURS)
        assert self._seen is not None
        self._seen.position = error.position
        if self.select_changed(self.values()) or (self.adds_record and answers.get((), OURS) == OURS):
            FormScreen.action_save(self)
        else:
            show_toast(self.app, _("Your change was not saved. Their version stays."), undo=False)
            self.dismiss(None)

    def decide_overwrites(self, names: tuple[str, ...], overwrites: Sequence[Overwrite], *, ours: bool) -> None:
        """Write the fields with our value, or leave them as they are now."""
        typed = self._read_typed_values()
        self._kept_theirs |= {name: typed[name] for name in names if not ours}

    def _list_fields_of(self, overwrite: Overwrite, changed: tuple[str, ...]) -> tuple[str, ...]:
        """Return the changed fields that write a value; all changed ones where it follows from none in particular.

        A proposal is written whole or not at all.
        """
        column = overwrite.field or overwrite.table
        names = () if self.writes_all_fields else self.fields_of_column.get(column, (column,))
        return tuple(name for name in names if name in changed) or changed

    def _show_as_typed(self, overwrite: Overwrite, rows: list[FormRow]) -> Overwrite:
        """Return the values as their field shows them."""
        if len(rows) != 1 or not overwrite.field:
            return overwrite
        field = rows[0].field
        theirs, ours = (_read_shown_value(field, value) for value in (overwrite.theirs, overwrite.ours))
        return replace(overwrite, theirs=theirs, ours=ours)

    def action_leave(self) -> None:
        """Close without saving, after a question if there are changes."""
        if not self.has_changes:
            self.dismiss(None)
            return
        question = Confirm(_("Leave without saving your changes?"), yes=_("leave"), no=_("keep editing"), default=False)
        self.app.push_screen(question, self._close_if)

    def _close_if(self, confirmed: bool | None) -> None:
        if confirmed:
            self.dismiss(None)

    @on(Input.Submitted)
    @on(TitleField.Submitted)
    def _leave_field(self, event: Input.Submitted | TitleField.Submitted) -> None:
        event.stop()
        if self.saves_on_enter:
            self.action_save()
        else:
            self.focus_next()
