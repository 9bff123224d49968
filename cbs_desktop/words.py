"""Words for screen, paper and terminal, from one gettext catalogue a language (resources/words/*.po); English is the key."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from cbs_desktop import resource

_language: ContextVar[str] = ContextVar("language", default="en")


class _Catalogue:
    """The messages of one .po file, English where a message is missing."""

    def __init__(
        self, messages: dict[tuple[str, int], str], plural: Callable[[int], int]
    ) -> None:
        self._messages = messages
        self._plural = plural

    def one(self, message: str) -> str:
        """The message in this language, else as it is."""
        return self._messages.get((message, 0)) or message

    def many(self, one: str, more: str, n: int) -> str:
        """The form for n, else the English one."""
        return self._messages.get((one, self._plural(n))) or (one if n == 1 else more)


@lru_cache
def _catalogue(language: str) -> _Catalogue:
    file = resource.path("words", f"{language}.po")
    if language == "en" or not file.exists():
        return _Catalogue({}, lambda n: int(n != 1))
    from gettext import c2py

    import polib

    entries = polib.pofile(str(file))
    plural = c2py(
        entries.metadata.get("Plural-Forms", "plural=n!=1;")
        .split("plural=")[1]
        .rstrip("; ")
    )
    messages = {(e.msgid, 0): e.msgstr for e in entries if e.msgstr}
    messages |= {
        (e.msgid, i): form
        for e in entries
        for i, form in e.msgstr_plural.items()
        if form
    }
    return _Catalogue(messages, plural)


@dataclass(frozen=True, slots=True)
class _Levels:
    """What the levels of a division are called in the country of the office: words that are a message of their own
    ("Sector" → "Zone"), and marks inside sentences ("{level.sector}" → "zone")."""

    whole: dict[str, str]
    marks: dict[str, str]


_MARK = "{level."
_HOME = "RW"  # the country whose words the messages are written with


@lru_cache
def _levels(country: str) -> _Levels:
    listed = resource.toml("places", "levels.toml")
    whole: dict[str, str] = {}
    marks: dict[str, str] = {}
    own = listed.get(country, listed[_HOME])
    for place, names in enumerate(listed[_HOME]):
        for ours, theirs in zip(names, own[min(place, len(own) - 1)], strict=True):
            marks[f"{_MARK}{ours}}}"] = theirs
            whole[ours] = theirs
            whole[ours.capitalize()] = theirs.capitalize()
    return _Levels(whole, marks)


_country = _HOME  # of the office that is open


def country() -> str:
    """The country of the office that is open."""
    return _country


def use_country(country: str) -> None:
    """Call the levels of the division from now on as this country does."""
    global _country
    _country = country


def _(message: str) -> str:
    """The message in the language of this screen or print, levels of the division named as in the country of the
    office."""
    catalogue = _catalogue(_language.get())
    levels = _levels(_country)
    text = catalogue.one(levels.whole.get(message, message))
    if _MARK in text:
        for mark, name in levels.marks.items():
            text = text.replace(mark, catalogue.one(name))
    return text


def many(one: str, more: str, n: int) -> str:
    """The count form for n, with `{n}` filled in."""
    return _catalogue(_language.get()).many(one, more, n).replace("{n}", str(n))


def language() -> str:
    """The language spoken now."""
    return _language.get()


def use(language: str) -> None:
    """Speak this language from now on."""
    _language.set(language)


@contextmanager
def in_language(language: str) -> Iterator[None]:
    """Speak another language inside the block: print differs from screen."""
    token = _language.set(language)
    try:
        yield
    finally:
        _language.reset(token)


_N = str  # marks words for the catalogues
_MONTHS = (
    _N("January"), _N("February"), _N("March"), _N("April"), _N("May"), _N("June"),
    _N("July"), _N("August"), _N("September"), _N("October"), _N("November"), _N("December"),
)  # fmt: skip


def day_in_words(day: date) -> str:
    """A day whose month cannot be taken for its day: 16 November 2026."""
    return f"{day.day} {_(_MONTHS[day.month - 1])} {day.year}"
