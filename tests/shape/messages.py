"""Keeps the message catalogue: collects the messages of the source, updates the Welsh and compiles it.

`make messages` runs it; the tests compile the catalogue where it is newer than its compiled form.
"""

from __future__ import annotations

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from ahtc_tui.domain.i18n import DOMAIN, Language, find_locale_folder
from ahtc_tui.tui.keys import KEYS
from tests.shape.tree import PACKAGE

CATALOGUE = find_locale_folder() / Language.CY / "LC_MESSAGES" / f"{DOMAIN}.po"
METHODS = [("formats/templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_noop": None, "ngettext_noop": (1, 2), "pgettext_noop": ((1, "c"), 2)}
"""Functions that mark a message, to the positions of their singular, plural and context."""


def extract_messages() -> Catalog:
    """Return the messages of the package and the texts of the keys, without translations."""
    template = Catalog()
    for _path, _line, message, _comments, context in extract_from_dir(PACKAGE, METHODS, keywords=KEYWORDS):
        template.add(message, context=context)
    for key in KEYS:
        if key.label:
            template.add(key.label, context="key")
        template.add(key.help)
    return template


def read_catalogue() -> Catalog:
    """Return the Welsh catalogue as it is kept."""
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale=Language.CY, abort_invalid=True)


def find_twin(catalogue: Catalog, message: Message) -> Message | None:
    """Return the entry that differs from a message only in the capital with which the message begins."""
    text = message.id if isinstance(message.id, str) else ""
    if message.context or not text[:1].isupper():
        return None
    return catalogue.get(text[0].lower() + text[1:])


def has_text_of_twin(message: Message, twin: Message) -> bool:
    """Return whether the twin gives a message its Welsh: they differ in their first letter, or it has no Welsh yet."""
    text, [form, *_forms] = str(message.string or ""), list_strings(twin) or [""]
    return not text or (text[0].lower(), text[1:]) == (form[:1].lower(), form[1:])


def list_strings(message: Message) -> list[str]:
    """Return the translation of a message, or its six forms."""
    strings = message.string or ()
    return [strings] if isinstance(strings, str) else list(strings)


def list_translated() -> set[str]:
    """Return each message with Welsh, a plural as its singular, as it is in the catalogue and with a capital."""
    messages = [message for message in read_catalogue() if message.id and all(list_strings(message))]
    texts = {message.id if isinstance(message.id, str) else message.id[0] for message in messages}
    return texts | {text[0].upper() + text[1:] for text in texts}


def update_catalogue() -> None:
    """Add new messages without a translation and remove those that the source no longer has; keep the rest.

    A label with a capital is kept only where its Welsh is not that of the same label without one.
    """
    catalogue = read_catalogue()
    catalogue.update(extract_messages(), no_fuzzy_matching=True, update_creation_date=False)
    twins = [(message, find_twin(catalogue, message)) for message in catalogue]
    for message in [message for message, twin in twins if twin and has_text_of_twin(message, twin)]:
        catalogue.delete(message.id)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalogue, width=120, sort_output=True, ignore_obsolete=True, no_location=True)


def compile_catalogue() -> None:
    """Write the compiled catalogue where it is older than its source."""
    compiled = CATALOGUE.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < CATALOGUE.stat().st_mtime:
        with compiled.open("wb") as file:
            write_mo(file, read_catalogue())


if __name__ == "__main__":
    update_catalogue()
    compile_catalogue()
