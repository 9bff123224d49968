"""Search as you type: an FTS5 index over each person's folded names, number and phone, kept by triggers."""

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


def match(tokens: list[str]) -> str:
    """An FTS5 expression for words that each begin one of the tokens; quoted, so typed text is never syntax."""
    return " ".join(
        '"' + token.replace('"', "") + '"*' for token in tokens if token.strip('"')
    )
