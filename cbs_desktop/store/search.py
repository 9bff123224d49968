"""Search as you type: an FTS5 index over each person's folded names, number and phone, kept by triggers.

Beside its words every name is kept by a key that its spellings share (resources/names/sounds.toml). A key begins with
0, so that no name and no phone is taken for one. The number of a card is kept from its beginning and from its end. Places
and groups have a small index each, of the words of their names.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from sqlalchemy import Connection

from cbs_desktop import resource
from cbs_desktop.store import engine
from cbs_desktop.store.engine import Driver
from cbs_desktop.text import fold

_MARK = "0"
_DOUBLED = re.compile(r"(.)\1+")

DDL = (
    "CREATE VIRTUAL TABLE person_search USING fts5(words, content='', contentless_delete=1, detail=none,"
    " prefix='1 2 3 4', tokenize=\"unicode61 remove_diacritics 0\")",
    "CREATE TRIGGER search_person_insert AFTER INSERT ON person BEGIN"
    " INSERT INTO person_search (rowid, words) VALUES (new.id, new.search); END",
    "CREATE TRIGGER search_person_update AFTER UPDATE OF search ON person BEGIN"
    " DELETE FROM person_search WHERE rowid = old.id;"
    " INSERT INTO person_search (rowid, words) VALUES (new.id, new.search); END",
    "CREATE TRIGGER search_person_delete AFTER DELETE ON person BEGIN"
    " DELETE FROM person_search WHERE rowid = old.id; END",
)


NAMES_DDL = tuple(
    statement
    for table in ("place", "groups")
    for statement in (
        f"CREATE VIRTUAL TABLE {table}_search USING fts5(name, content='', contentless_delete=1, detail=none,"
        " prefix='3', tokenize=\"unicode61 remove_diacritics 2\")",
        f"CREATE TRIGGER search_{table}_insert AFTER INSERT ON {table} BEGIN"
        f" INSERT INTO {table}_search (rowid, name) VALUES (new.id, new.name); END",
        f"CREATE TRIGGER search_{table}_update AFTER UPDATE OF name ON {table} BEGIN"
        f" DELETE FROM {table}_search WHERE rowid = old.id;"
        f" INSERT INTO {table}_search (rowid, name) VALUES (new.id, new.name); END",
        f"CREATE TRIGGER search_{table}_delete AFTER DELETE ON {table} BEGIN"
        f" DELETE FROM {table}_search WHERE rowid = old.id; END",
    )
)


_KEYED_LEAST = 3  # letters: fewer are looked for as they are typed
_ENDING_LEAST = 4  # signs of the end of a card's number
_NUMBER_LEAST = 7  # digits of a phone
PHONE_END = 8  # digits, participants.rules.PHONE_END
BEGINS = f"{_MARK}p"  # before the number of a card; no key has a digit behind its first letter
_ENDS = f"{_MARK}q"  # before the same from behind


def tokens(text: str) -> list[str]:
    """The words of typed text, folded, of letters and digits alone as the index has them; the digits of a number that is
    typed with blanks are one word."""
    found: list[str] = []
    run: list[str] = []
    for word in "".join(map(_letter, fold(text))).split():
        if word.isdigit():
            run.append(word)
            continue
        found += [*_number(run), word]
        run = []
    return [*found, *_number(run)]


def _letter(sign: str) -> str:
    """A sign of a word; all others stand between words."""
    return sign if sign.isalnum() else " "


def _number(parts: list[str]) -> list[str]:
    """Digits typed with blanks between them, as one number where they are long enough for a phone or a card."""
    whole = "".join(parts)
    return [whole] if len(whole) >= _NUMBER_LEAST else parts


def match(tokens: Sequence[str]) -> str:
    """An FTS5 expression for words that each begin one of the tokens, or sound like one; a number is also the end of a
    card's number, and a long one the end of a phone. The tokens are of `tokens`, so typed text is never syntax."""
    return " AND ".join(map(either, tokens))


def either(token: str) -> str:
    """The part of an FTS5 expression for one token."""
    if any(sign.isdigit() for sign in token):
        return _either_number(token)
    if len(token) < _KEYED_LEAST:
        return f'"{token}"*'
    return f'("{token}"* OR "{_MARK}{key(token)}"*)'


def _either_number(token: str) -> str:
    ways = list(_ways_to_number(token))
    if len(ways) == 1:
        return ways[0]
    joined = " OR ".join(ways)
    return f"({joined})"


def _ways_to_number(token: str) -> Iterator[str]:
    """A number as it begins, without its 0, as the end of a card's, and the end of a phone."""
    yield f'"{token}"*'
    if len(token) >= _ENDING_LEAST:
        behind = token[::-1]
        yield f'"{_ENDS}{behind}"*'
        yield f'"{_MARK}{token}"*'
    if len(token) > PHONE_END and token.isdigit():
        end = token[-PHONE_END:]
        yield f'"{end}"'


def wrong_indexes(file: Path, key: bytes, mode: str = "rw") -> list[str]:
    """The indexes that do not hold the words of their tables."""
    link = engine.connect(file, key, mode)
    try:
        return [
            index
            for index, table, column in _INDEXES
            if not _holds(link, index, table, column)
        ]
    finally:
        link.close()


def rebuild(link: Connection, name: str) -> bool:
    """Fill an index anew from its table; whether there is such an index."""
    for index, table, column in _INDEXES:
        if index == name:
            words = "words" if index == "person_search" else "name"
            link.exec_driver_sql(f"INSERT INTO {index} ({index}) VALUES ('delete-all')")
            link.exec_driver_sql(
                f"INSERT INTO {index} (rowid, {words}) SELECT id, {column} FROM {table}"
            )
            return True
    return False


_INDEXES = (
    ("person_search", "person", "search"),
    ("place_search", "place", "name"),
    ("groups_search", "groups", "name"),
)


def _holds(link: Driver, index: str, table: str, column: str) -> bool:
    """Whether an index is whole, has the rows of its table, and each word as often as an index made anew."""
    statement = next(
        sql
        for sql in (*DDL, *NAMES_DDL)
        if sql.startswith(f"CREATE VIRTUAL TABLE {index} ")
    )
    anew = statement.replace(index, f"temp.{index}_anew", 1)
    words = anew[anew.index("(") + 1 :].split(",", 1)[0]
    link.execute(anew)
    link.execute(
        f"INSERT INTO temp.{index}_anew (rowid, {words}) SELECT rowid, {column} FROM {table}"
    )
    link.execute(
        f"CREATE VIRTUAL TABLE temp.{index}_there USING fts5vocab('main', '{index}', 'row')"
    )
    link.execute(
        f"CREATE VIRTUAL TABLE temp.{index}_made USING fts5vocab('temp', '{index}_anew', 'row')"
    )
    same = _is_same(
        link, f"SELECT rowid FROM {index}", f"SELECT rowid FROM {table}"
    ) and _is_same(
        link,
        f"SELECT term, doc FROM temp.{index}_there",
        f"SELECT term, doc FROM temp.{index}_made",
    )
    return same


def _is_same(link: Driver, first: str, second: str) -> bool:
    """Whether two statements give the same rows."""
    beside = f"SELECT count(*) FROM ({first} EXCEPT {second})"
    missing = f"SELECT count(*) FROM ({second} EXCEPT {first})"
    return not any(link.execute(each).fetchone()[0] for each in (beside, missing))


def card(number: str) -> str:
    """The words under which somebody with a card of this number is found: as it begins, and from its end."""
    signs = card_signs(number)
    if len(signs) < _ENDING_LEAST:
        return ""
    return f"{BEGINS}{signs} {_ENDS}{signs[::-1]}"


def card_signs(number: str) -> str:
    """The letters and digits of a card's number, without what stands between them."""
    return "".join(sign for sign in number.casefold() if sign.isalnum())


def keys(*names: str) -> str:
    """The keys under which somebody of these folded names is found: of every word, of the words together, and the
    initials."""
    found: list[str] = []
    for name in names:
        words = name.split()
        found += map(key, words)
        if len(words) > 1:
            found.append(key("".join(words)))
        if len(words) >= _KEYED_LEAST:
            found.append(key("".join(word[0] for word in words)))
    return " ".join(_MARK + each for each in dict.fromkeys(found) if each)


@lru_cache(maxsize=20_000)  # names repeat, and an import reads many
def key(word: str) -> str:
    """What the spellings of one folded word share."""
    letters, forms = _sounds()
    word = forms.get(word, word)
    for written, heard in letters:
        word = word.replace(written, heard)
    return _DOUBLED.sub(r"\1", word)


@cache
def _sounds() -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Letters with what they become, and the form that stands for each form of a name."""
    table = resource.toml("names", "sounds.toml")
    forms = {form: first for first, others in table["forms"].items() for form in others}
    return [(written, heard) for written, heard in table["letters"]], forms
