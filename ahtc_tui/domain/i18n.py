"""Translation of messages through one gettext catalogue for the screen, the command line and the files.

Messages are English in the source; `ahtc_tui/locale/cy/LC_MESSAGES/ahtc.po` holds the Welsh. The language belongs to
the current context: a file can be written in another language than the one in which the person works. Tasks and threads
that run in a copy of a context share its language, so that `switch_language` changes it in all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations, NullTranslations
from typing import TYPE_CHECKING, TypeVar

from ahtc_tui.domain.context_value import hold_value
from ahtc_tui.domain.welsh_names import WelshName, read_message

if TYPE_CHECKING:
    from pathlib import Path

T = TypeVar("T")

DOMAIN = "ahtc"
CALENDAR_CONTEXTS = frozenset({"month", "weekday", "short month", "short weekday"})
"""Contexts of names that a bilingual file joins without spaces: "Rhagfyr/December" is read back as one month."""

_ENGLISH = NullTranslations()
_translates_names: ContextVar[bool] = ContextVar("translates_names", default=False)

ENGLISH_ONLY = "[Saesneg]"
"""Mark before text without a translation in a Welsh document."""


class Language(StrEnum):
    """Language of the interface or of a file; a bilingual file has Welsh first and English after it."""

    EN = "en"
    CY = "cy"
    BOTH = "both"

    @property
    def languages(self) -> tuple[Language, ...]:
        """The single languages, Welsh first."""
        return (Language.CY, Language.EN) if self is Language.BOTH else (self,)


def find_interface_language(value: str) -> Language | None:
    """Return the language that a setting names, "en" or "cy"; None for any other text."""
    name = value.strip().lower()
    return Language(name) if name in (Language.EN, Language.CY) else None


class CatalogueTranslations(GNUTranslations):
    """A compiled catalogue. A message that it holds with a plural is also known without a number.

    A label is known with a capital where the catalogue holds it without one, so "Agenda" is the Welsh of "agenda". A
    message can place a name after a word that mutates it: `read_message` says how.
    """

    def gettext(self, message: str) -> str:
        """Return the translation of a message, or the form of a label where the catalogue has a plural.

        That is the form for zero: Welsh mutates a noun after one, as in "1 garreg filltir".
        """
        text = self._find_label(message)
        if text == message and message[0].isupper():
            without_capital = message[0].lower() + message[1:]
            label = self._find_label(without_capital)
            if label != without_capital:
                text = label[0].upper() + label[1:]
        return read_message(text)

    def _find_label(self, message: str) -> str:
        label = super().ngettext(message, message, 0)
        return super().gettext(message) if label == message else label

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return the translated form for the number `n`."""
        return read_message(super().ngettext(msgid1, msgid2, n))

    def pgettext(self, context: str, message: str) -> str:
        """Return the translation of a message in a context."""
        return read_message(super().pgettext(context, message))


SEPARATOR = " | "
"""Text between two languages on one line."""


class BilingualTranslations(NullTranslations):
    """Welsh and English of each label of a table: "Statws | Status". A message without Welsh stays English.

    Sentences are not joined: what holds them is built once in each language (`build_in_each_language`).
    """

    def __init__(self, welsh: NullTranslations) -> None:
        super().__init__()
        self._welsh = welsh

    def gettext(self, message: str) -> str:
        """Return both languages of a message."""
        return _join(self._welsh.gettext(message), message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return both languages of the form for the number `n`."""
        return _join(self._welsh.ngettext(msgid1, msgid2, n), msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        """Return both languages of a message in a context."""
        separator = "/" if context in CALENDAR_CONTEXTS else SEPARATOR
        return _join(self._welsh.pgettext(context, message), message, separator)

    def npgettext(self, context: str, msgid1: str, msgid2: str, n: int) -> str:
        """Return both languages of the form for the number `n` in a context."""
        return _join(self._welsh.npgettext(context, msgid1, msgid2, n), msgid1 if n == 1 else msgid2)


class JoinedText(str):
    """A text in both languages. Values are filled into each of them in its language, names of records as well."""

    __slots__ = ("_texts",)
    _texts: dict[Language, str]

    def __new__(cls, welsh: str, english: str, separator: str = SEPARATOR) -> JoinedText:
        text = super().__new__(cls, f"{welsh}{separator}{english}")
        text._texts = {Language.CY: welsh, Language.EN: english}
        return text

    def format(self, *args: object, **values: object) -> str:
        """Return the text with the values filled in."""

        def fill(text: str) -> str:
            named = {name: _read_in_language(value) for name, value in values.items()}
            return text.format(*map(_read_in_language, args), **named)

        return self._change(fill)

    def __add__(self, end: str) -> str:
        """Return the text in each language followed by the other text in that language."""
        return self._change(lambda text: f"{text}{end}")

    def _change(self, change: Callable[[str], str]) -> str:
        changed = []
        for language, text in self._texts.items():
            with use_language(language):
                changed.append(change(text))
        return _join(*changed)

    def __format__(self, specification: str) -> str:
        """Return the text for a sentence: in a sentence of one language the text in that language."""
        return format(self._texts.get(get_current_language(), str(self)), specification)


def _read_in_language(value: object) -> object:
    """Return the text of a `JoinedText` in the current language, so that a Welsh name can mutate; else the value."""
    return value._texts.get(get_current_language(), value) if isinstance(value, JoinedText) else value


def _join(welsh: str, english: str, separator: str = SEPARATOR) -> str:
    return english if welsh == english else JoinedText(welsh, english, separator)


class LanguageScope:
    """The language of a `use_language` block, shared by all copies of its context."""

    __slots__ = ("language", "translations")

    def __init__(self, language: Language, translations: NullTranslations) -> None:
        self.language, self.translations = language, translations


_DEFAULT_SCOPE = LanguageScope(Language.EN, _ENGLISH)
"""Outside every `use_language` block; it stays English."""
_scope: ContextVar[LanguageScope] = ContextVar("language", default=_DEFAULT_SCOPE)


def find_locale_folder() -> Path:
    """Return the folder with the catalogues; pathlib is imported only where a catalogue is needed."""
    from pathlib import Path

    return Path(__file__).parent.parent / "locale"


@cache
def load_translations(language: Language) -> NullTranslations:
    """Return the translations of a language; English needs none. Raises BadFile where the catalogue is not compiled."""
    if language is Language.EN:
        return _ENGLISH
    if language is Language.BOTH:
        return BilingualTranslations(load_translations(Language.CY))
    from gettext import translation

    from ahtc_tui.domain.errors import BadFile

    folder = find_locale_folder()
    try:
        return translation(DOMAIN, folder, [language], class_=CatalogueTranslations)
    except OSError as error:
        sentence = _('The messages in "{folder}" are not compiled. Install ahtc again, or run `make messages`.')
        raise BadFile(sentence.format(folder=folder)) from error


def _(message: str) -> str:
    """Return the translation of a message in the current language."""
    return _scope.get().translations.gettext(message) if message else ""


def ngettext(singular: str, plural: str, n: int, **values: object) -> str:
    """Return the translated form for the number `n`, with `{n}` and the values replaced: "1 action", "3 actions"."""
    return _scope.get().translations.ngettext(singular, plural, n).format(n=n, **values)


def pgettext(context: str, message: str) -> str:
    """Return the translation of a message that means different things in different contexts."""
    return _scope.get().translations.pgettext(context, message)


def gettext_noop(message: str) -> str:
    """Mark a message of a table for extraction; `_` translates it where it is shown."""
    return message


def ngettext_noop(singular: str, plural: str) -> tuple[str, str]:
    """Mark both forms of a message of a table for extraction; `ngettext` translates them where they are shown."""
    return singular, plural


def pgettext_noop(context: str, message: str) -> str:
    """Mark a message of a table for extraction in a context; `pgettext` translates it where it is shown."""
    return message


def get_current_language() -> Language:
    """Return the language of the current context; English by default."""
    return _scope.get().language


def choose_language(english: str, welsh: str | None) -> str:
    """Return the text of a record in the current language: the Welsh one in Welsh where there is one, else the English.

    In both languages it is "Welsh | English".
    """
    if not welsh or get_current_language() is Language.EN:
        return english
    name = WelshName(welsh)
    return name if get_current_language() is Language.CY else _join(name, english)


def translated_names(wanted: bool = True) -> AbstractContextManager[None]:
    """Let the store return the names of records in the current language inside the block, for a list or card.

    Elsewhere names are those that are stored as English: documents, forms and data for other programs rely on them.
    """
    return hold_value(_translates_names, wanted)


def wants_welsh_names() -> bool:
    """Return whether names of records are read in Welsh now, where they have a Welsh one."""
    return _translates_names.get() and get_current_language() is Language.CY


def choose_printed_text(english: str, welsh: str | None) -> str:
    """Return the text of a record for a document, as `choose_language`; English in a Welsh document is marked."""
    if english and not welsh and get_current_language() is Language.CY:
        return f"{ENGLISH_ONLY} {english}"
    return choose_language(english, welsh)


def mark_untranslated(text: str | None) -> str | None:
    """Return a text that has no Welsh field, such as an update, for a document; in a Welsh one it is marked."""
    return choose_printed_text(text, None) if text else text


class BilingualTitle:
    """A record with a title in English and, where it was translated, in Welsh."""

    __slots__ = ()
    title: str
    title_cy: str | None

    @property
    def printed_title(self) -> str:
        """Title in the language of a document; English is marked in a Welsh one."""
        return choose_printed_text(self.title, self.title_cy)

    @property
    def shown_title(self) -> str:
        """Title in the current language, else in the other one."""
        return choose_language(self.title, self.title_cy)


class BilingualName:
    """A party with a name in English and, where it has one, in Welsh."""

    __slots__ = ()
    name: str
    name_cy: str | None

    @property
    def shown_name(self) -> str:
        """Name in the current language; the English one where there is no Welsh."""
        return choose_language(self.name, self.name_cy)


class BilingualText:
    """A record with a text in English and, where it was translated, in Welsh."""

    __slots__ = ()
    text: str
    text_cy: str | None

    @property
    def printed_text(self) -> str:
        """Text in the language of a document; English is marked in a Welsh one."""
        return choose_printed_text(self.text, self.text_cy)

    @property
    def shown_text(self) -> str:
        """Text in the current language, else in the other one."""
        return choose_language(self.text, self.text_cy)


def drop_language_mark(text: str) -> str:
    """Return a text for a document without the mark before English text, for a screen."""
    return text.replace(f"{ENGLISH_ONLY} ", "")


def use_language(language: Language) -> AbstractContextManager[None]:
    """Translate into a language inside the block; other threads and contexts keep theirs."""
    return hold_value(_scope, LanguageScope(language, load_translations(language)))


def switch_language(language: Language) -> None:
    """Change the language of the innermost `use_language` block, also in tasks and threads that it has started.

    Raises RuntimeError outside every block.
    """
    scope = _scope.get()
    if scope is _DEFAULT_SCOPE:
        raise RuntimeError("switch_language needs a block of use_language")
    scope.translations = load_translations(language)
    scope.language = language


def join_translations(languages: Iterable[Language], render: Callable[[], str]) -> str:
    """Return a text in every language, each distinct one once: "Tudalen | Page"."""
    first, *others = _render_each(languages, render)
    return _join(first, *others) if others else first


def build_in_each_language(build: Callable[[], T]) -> tuple[T, ...]:
    """Return what `build` returns in each single language of the current one, Welsh first."""
    languages = get_current_language().languages
    return tuple(_render_each(languages, build)) if len(languages) > 1 else (build(),)


def render_lines(render: Callable[[], str]) -> str:
    """Return a sentence in every language of the current one, each distinct one on its own line."""
    return "\n".join(dict.fromkeys(build_in_each_language(render)))


def render_one_line(render: Callable[[], str]) -> str:
    """Return a text that can have one line only, such as the subject of a mail, in every language of the current one.

    The languages are separated by a vertical line: "Tudalen 1 o 2 | Page 1 of 2".
    """
    return join_translations(get_current_language().languages, render)


def render_in_each_language(render: Callable[[], str]) -> str:
    """Return a continuous text, such as a letter, in every language of the current one, with a line between them."""
    return "\n\n* * *\n\n".join(build_in_each_language(render))


def _render_each(languages: Iterable[Language], build: Callable[[], T]) -> Iterator[T]:
    for language in languages:
        with use_language(language):
            built = build()
        yield built
