"""The words of printed pages in one language or two (resources/registers/words.toml); English where a language has none."""

from collections.abc import Iterator, Sequence
from functools import cache

from cbs_desktop import resource
from cbs_desktop.programmes.marks import MarkSet

LANGUAGES = ("rw", "rn", "fr", "en")
LANGUAGES_MOST = 2


@cache
def _file() -> resource.Content:
    return resource.toml("registers", "words.toml")


def words(key: str, languages: Sequence[str], between: str = " / ") -> str:
    """A word in these languages beside each other; the same word stands once."""
    found = dict.fromkeys(each(key, languages))
    return between.join(found)


def each(key: str, languages: Sequence[str]) -> Iterator[str]:
    """A word in each of these languages."""
    for language in languages:
        yield _file()[language].get(key) or _file()["en"][key]


def mark_words(marks: MarkSet, letter: str, languages: Sequence[str]) -> str:
    """What a letter of the programme stands for."""
    found = dict.fromkeys(marks.word(letter, one) for one in languages)
    return " / ".join(found)
