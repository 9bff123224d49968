"""The marks of a programme's attendance register: letters, words in four languages, and what each counts as. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from cbs_desktop.errors import Fault
from cbs_desktop.text import text_faults

COUNTS = ("came", "excused", "absent")
LANGUAGES = ("en", "fr", "rw", "rn")
MARKS_MOST = 7  # as many boxes as a printed page has room for
_WORD_MOST = 24


@dataclass(frozen=True, slots=True)
class AttendanceMark:
    """A letter of the register, what it counts as (one of COUNTS), and its word in each of LANGUAGES ("" where unknown)."""

    letter: str
    counts: str
    en: str
    fr: str = ""
    rw: str = ""
    rn: str = ""

    def word(self, language: str) -> str:
        """Its word in a language, the English one where that is missing."""
        words = {"fr": self.fr, "rw": self.rw, "rn": self.rn}
        return words.get(language) or self.en


@dataclass(frozen=True, slots=True)
class MarkSet:
    """The marks of a programme in the order in which they stand on paper."""

    every: tuple[AttendanceMark, ...]

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters, in order."""
        return tuple(mark.letter for mark in self.every)

    @property
    def usual(self) -> str:
        """The letter of "all present": the first that counts as having come."""
        return self._counting("came")[0]

    @property
    def came(self) -> frozenset[str]:
        """The letters of those who came."""
        return frozenset(self._counting("came"))

    @property
    def absent(self) -> frozenset[str]:
        """The letters of those who stayed away without an excuse."""
        return frozenset(self._counting("absent"))

    def counts(self, letter: str) -> str:
        """What a letter counts as; "" for none, and for one that the programme has no more."""
        for mark in self.every:
            if mark.letter == letter:
                return mark.counts
        return ""

    def word(self, letter: str, language: str) -> str:
        """The word of a letter; the letter itself where the programme has none such any more."""
        for mark in self.every:
            if mark.letter == letter:
                return mark.word(language)
        return letter

    def _counting(self, counts: str) -> list[str]:
        return [mark.letter for mark in self.every if mark.counts == counts]


def marks_from_file(listed: Iterable[Mapping[str, object]]) -> MarkSet:
    """The marks in a programme file: `letter`, `counts`, and `word` by language. ValueError names what is wrong."""
    found: list[AttendanceMark] = []
    for number, entry in enumerate(listed, 1):
        where = f"mark {number}"
        if entry.keys() != {"letter", "counts", "word"}:
            raise ValueError(where)
        words = entry["word"]
        if not isinstance(words, dict) or not words.keys() <= set(LANGUAGES):
            raise ValueError(f"{where}: word")
        texts = {language: str(words.get(language, "")) for language in LANGUAGES}
        found.append(
            AttendanceMark(str(entry["letter"]), str(entry["counts"]), **texts)
        )
    marks = MarkSet(tuple(found))
    if faults := mark_faults(marks):
        raise ValueError(faults[0].field)
    return marks


def mark_faults(marks: MarkSet) -> list[Fault]:
    """What is wrong with the marks; the field is "mark 2: letter" for the second one's letter."""
    faults: list[Fault] = []
    for number, mark in enumerate(marks.every, 1):
        faults += _faults_of(mark, f"mark {number}")
    if len(set(marks.letters)) < len(marks.every):
        faults.append(Fault("marks", "letter twice"))
    if not 2 <= len(marks.every) <= MARKS_MOST:
        faults.append(Fault("marks", "wrong number of marks", {"most": MARKS_MOST}))
    if not marks.came or not marks.absent:
        faults.append(Fault("marks", "came and absent needed"))
    return faults


def _faults_of(mark: AttendanceMark, where: str) -> list[Fault]:
    faults: list[Fault] = []
    one_capital = len(mark.letter) == 1 and "A" <= mark.letter <= "Z"
    if not one_capital:
        faults.append(Fault(f"{where}: letter", "not a letter"))
    if mark.counts not in COUNTS:
        faults.append(Fault(f"{where}: counts", "not a choice"))
    for language in LANGUAGES:
        word = getattr(mark, language)
        faults += text_faults(
            f"{where}: {language}", word, needed=language == "en", most=_WORD_MOST
        )
    return faults
