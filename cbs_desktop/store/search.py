"""Search as you type: an FTS5 index over each person's folded names, number and phone, kept by triggers.

Beside its words every name is kept by a key that its spellings share (resources/names/sounds.toml). A key begins with
0, so that no name and no phone is taken for one.
"""

import re
from functools import cache, lru_cache

from cbs_desktop import resource

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


_KEYED_LEAST = 3  # letters: fewer are looked for as they are typed


def match(tokens: list[str]) -> str:
    """An FTS5 expression for words that each begin one of the tokens, or sound like one; quoted, so typed text is never
    syntax."""
    wanted = (token.replace('"', "") for token in tokens)
    return " AND ".join(_either(token) for token in wanted if token)


def _either(token: str) -> str:
    if len(token) < _KEYED_LEAST or any(sign.isdigit() for sign in token):
        return f'"{token}"*'
    return f'("{token}"* OR "{_MARK}{key(token)}"*)'


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
