"""B: the store. Import, marks by the hundred thousand and one by one, search while typing."""

import random
import time
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

from figure import Figure, seconds

from cbs_desktop import founding
from cbs_desktop.attendance import actions as attendance
from cbs_desktop.attendance.tables import Mark
from cbs_desktop.clock import Calendar
from cbs_desktop.office import Office
from cbs_desktop.overview import queries as overview
from cbs_desktop.participants import actions as participants
from cbs_desktop.participants import importing
from cbs_desktop.participants import queries as people
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.rules import RoundPlan
from cbs_desktop.sheets.read import read
from cbs_desktop.sheets.write import SheetPage, xlsx
from cbs_desktop.store import engine, journal

PASSWORD = "four plain words"
DAY = date(2026, 3, 2)
HEADER = (
    "Own name",
    "Other names",
    "Sex",
    "Birth date",
    "District",
    "Sector",
    "Cell",
    "Village",
    "Phone",
    "Consent date",
)
_SYLLABLES = "MU KA NYI RA MA NA HA BI MA NI YO NZI UWI SE NGI YU GA SA NTA BA KU RO TU YI SHI DA TE".split()
_OTHERS = "Alice Béatrice Consolée Jean-Paul Emmanuel Innocent Vestine Claudine Théogène Aline Grace Olivier".split()


def rows(count: int, seed: int = 1) -> list[tuple[object, ...]]:
    """Invented people, no two alike."""
    draw = random.Random(seed)
    made = []
    for n in range(count):
        name = "".join(draw.choice(_SYLLABLES) for _ in range(draw.randint(3, 5)))
        born = date(1950, 1, 1) + timedelta(days=(n * 7919 + seed * 13) % 20_000)
        sector = f"Sector {n % 15:02}"
        other = f"{draw.choice(_OTHERS)} {n:x}"
        made.append(
            (
                name,
                other,
                "FM"[n % 2],
                born,
                "Musanze",
                sector,
                f"Cell {n % 60:02}",
                f"Village {n % 300:03}",
                f"078{n + seed * 20_000:07}",
                DAY,
            )
        )
    return made


def office(folder: Path, name: str) -> Office:
    plan = founding.Plan("Bench", "BE", "RW", ("Musanze",), "bench")
    made, _code = founding.found(folder / name, plan, PASSWORD, Calendar(DAY))
    return made


def import_people(folder: Path) -> Figure:
    """From the spreadsheet to the committed, journalled, searchable people.

    Floor: reading the sheet, and the same rows through the smallest possible row trigger.
    """
    path = folder / "people.xlsx"
    path.write_bytes(xlsx([SheetPage("People", HEADER, rows(20_000))]))
    pairs = []
    for n in range(3):
        made = office(folder, f"import{n}")

        def work(made: Office = made) -> None:
            sheet = read(path)
            lines = importing.read(
                sheet.rows, importing.guess(sheet.header), sheet.first_row, DAY
            )
            made.do(participants.import_people, lines, new_places=True)

        ours = seconds(work)
        assert made.ask(overview.roster).count == 20_000
        reading = seconds(lambda: read(path))
        pairs.append((reading + _noted_rows(folder / f"floor{n}.db", made), ours))
        made.close()
    floor = median(p[0] for p in pairs)
    ours = median(p[1] for p in pairs)
    return Figure(
        "import of 20,000",
        ours / floor,
        "x sheet and noted rows",
        1.6,
        f"{ours:.2f} s, floor {floor:.2f} s",
    )


def _note_rows(link: Any, *tables: tuple[str, str]) -> None:
    """The smallest row triggers that tell which rows of (table, its key in SQL) were entered."""
    link.execute("CREATE TABLE note (seq INTEGER PRIMARY KEY, tbl TEXT, key TEXT)")
    for table, key in tables:
        link.execute(
            f"CREATE TRIGGER note_{table} AFTER INSERT ON {table} BEGIN"
            f" INSERT INTO note (tbl, key) VALUES ('{table}', {key}); END"
        )


def _noted_rows(path: Path, filled: Office) -> float:
    """The same rows of person and consent into an encrypted file with the same tables and indexes, each noted."""
    key = bytes(32)
    engine.create(path, key)
    link = engine.connect(path, key)
    with filled._reader.connect() as source:
        tables = ("place", "facility", "person", "consent")
        sql = {
            t: [
                s
                for (s,) in source.exec_driver_sql(
                    "SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN ('table', 'index')",
                    (t,),
                )
            ]
            for t in tables
        }
        data = {
            t: [tuple(r) for r in source.exec_driver_sql(f"SELECT * FROM {t}")]
            for t in tables
        }
    for table in tables:
        for statement in sql[table]:
            link.execute(statement)
    _note_rows(link, *((table, "new.id") for table in tables))

    def work() -> None:
        link.execute("BEGIN IMMEDIATE")
        for table in tables:
            if data[table]:
                link.executemany(
                    f"INSERT INTO {table} VALUES ({','.join('?' * len(data[table][0]))})",
                    data[table],
                )
        link.execute("COMMIT")

    taken = seconds(work)
    link.close()
    return taken


def _groups(
    made: Office, count: int, sessions: int, members: int
) -> tuple[list[int], list[int]]:
    """Groups with sessions and members, straight into the tables: what is timed is the marking. Ids of sessions, people."""
    programme_id = made.ask(programme_queries.programmes)[0][0]
    round_id = made.do(
        programmes.open_round,
        programme_id,
        RoundPlan("B", date(2025, 1, 1), date(2026, 1, 1)),
    )
    made.do(
        participants.import_people,
        importing.read(rows(count * members), importing.guess(HEADER), 2, DAY),
        new_places=True,
    )
    ids = sorted(made.ask(people.numbers).values())
    from cbs_desktop.groups.tables import Group, Membership, Session

    def fill(tx: object) -> None:
        from sqlalchemy import insert, select

        from cbs_desktop.places.tables import Place

        place = tx.value(select(Place.id).where(Place.level == 3))  # type: ignore[attr-defined]
        start = date(2025, 1, 6)
        common = {
            "track": "adult",
            "sector_id": place,
            "facility_id": None,
            "venue": "",
            "weekday": 0,
            "starts": start,
            "accepted_on": start,
        }
        groups = [
            {
                "id": tx.new_id(),
                "round_id": round_id,
                "number": n,
                "name": f"G{n}",
                **common,
            }
            for n in range(count)
        ]  # type: ignore[attr-defined]
        tx.run(insert(Group), groups)  # type: ignore[attr-defined]
        inside = {"joined_on": start, "left_on": None, "reason": "", "band": "adult"}
        tx.run(
            insert(Membership),
            [
                {
                    "id": tx.new_id(),
                    "group_id": groups[i // members]["id"],
                    "person_id": person,
                    **inside,
                }
                for i, person in enumerate(ids)
            ],
        )  # type: ignore[attr-defined]
        tx.run(
            insert(Session),
            [
                {
                    "id": tx.new_id(),
                    "group_id": g["id"],
                    "number": s + 1,
                    "planned_on": start + timedelta(days=7 * s),
                    "phase": "",
                }
                for g in groups
                for s in range(sessions)
            ],
        )  # type: ignore[attr-defined]

    made._run("bench.fill", fill, (), {})
    with made._reader.connect() as link:
        session_ids = (
            link.exec_driver_sql("SELECT id FROM session ORDER BY group_id, number")
            .scalars()
            .all()
        )
        people_ids = (
            link.exec_driver_sql(
                "SELECT person_id FROM membership ORDER BY group_id, id"
            )
            .scalars()
            .all()
        )
    return list(session_ids), list(people_ids)


def many_marks(folder: Path) -> Figure:
    """300,000 marks as one action with journal; floor: the same rows, encrypted, each noted by the smallest trigger."""
    made = office(folder, "marks")
    groups = 1_000
    sessions = 15
    members = 20
    session_ids, people_ids = _groups(made, groups, sessions, members)
    marks = [
        (session_ids[g * sessions + s], people_ids[g * members + p], "PPPLEA"[(g + s + p) % 6])
        for g in range(groups) for s in range(sessions) for p in range(members)
    ]  # fmt: skip
    before = _noted_marks(folder / "before.db", marks)
    ours = seconds(lambda: made.do(attendance.mark_many, marks))
    floor = (before + _noted_marks(folder / "after.db", marks)) / 2
    made.close()
    return Figure(
        "300,000 marks with journal",
        ours / floor,
        "x noted rows",
        1.6,
        f"{ours:.2f} s, floor {floor:.2f} s",
    )


def _noted_marks(path: Path, marks: list[tuple[int, int, str]]) -> float:
    key = bytes(32)
    engine.create(path, key)
    link = engine.connect(path, key)
    link.execute(
        "CREATE TABLE mark (session_id INTEGER NOT NULL, person_id INTEGER NOT NULL, value TEXT NOT NULL,"
        " PRIMARY KEY (session_id, person_id)) WITHOUT ROWID"
    )
    _note_rows(link, ("mark", "new.session_id || ',' || new.person_id"))

    def work() -> None:
        link.execute("BEGIN IMMEDIATE")
        link.executemany("INSERT INTO mark VALUES (?, ?, ?)", marks)
        link.execute("COMMIT")

    taken = seconds(work)
    link.close()
    return taken


def one_mark(folder: Path) -> Figure:
    """One mark from the call to the disk, through door, rules and journal.

    Floor: the same statement with the journal's own trigger and its commit, through the driver.
    """
    made = office(folder, "one")
    session_ids, people_ids = _groups(made, 1, 15, 12)
    bare = _journalled_marks(folder / "bare.db")
    floors = []
    ours = []
    for n in range(300):
        session = session_ids[n % 15]
        person = people_ids[n // 15 % 12]
        value = "PLEA"[n // 180 % 4]
        floors.append(seconds(partial(_mark_bare, bare, session, person, value)))
        ours.append(seconds(partial(made.do, attendance.mark, session, person, value)))
    bare.close()
    made.close()
    high = median(ours)
    low = median(floors)
    return Figure(
        "one saved mark",
        high / low,
        "x journalled statement",
        2.0,
        f"{high * 1000:.2f} ms, floor {low * 1000:.2f} ms",
    )


def _journalled_marks(path: Path) -> Any:
    """An encrypted file with the table of marks and its journal, as an office has them."""
    key = bytes(32)
    engine.create(path, key)
    link = engine.connect(path, key)
    journal.bind(link, lambda: 1)
    link.execute(
        "CREATE TABLE mark (session_id INTEGER NOT NULL, person_id INTEGER NOT NULL, value TEXT NOT NULL,"
        " PRIMARY KEY (session_id, person_id)) WITHOUT ROWID"
    )
    for statement in (*journal.DDL, *journal.triggers(Mark.__table__).values()):
        link.execute(statement)
    return link


def _mark_bare(link: Any, session: int, person: int, value: str) -> None:
    link.execute("BEGIN IMMEDIATE")
    link.execute(
        "INSERT INTO mark VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value",
        (session, person, value),
    )
    link.execute("COMMIT")


_large: dict[Path, Office] = {}


def large(folder: Path) -> Office:
    """An office of 100,000 people, made once a run."""
    if folder not in _large:
        made = office(folder, "large")
        for part in range(5):
            made.do(
                participants.import_people,
                importing.read(rows(20_000, part + 2), importing.guess(HEADER), 2, DAY),
                new_places=True,
            )
        _large[folder] = made
    return _large[folder]


def typed(seed: int, count: int) -> list[str]:
    """What people type: the first letters of a name, one after the other."""
    draw = random.Random(seed)
    made = []
    while len(made) < count:
        name = "".join(draw.choice(_SYLLABLES) for _ in range(4)).lower()
        made += [name[:length] for length in range(1, 6)] + [
            f"{name[:4]} {draw.choice(_OTHERS)[:3].lower()}"
        ]
    return made[:count]


def keystroke(folder: Path) -> Figure:
    """The search of one keystroke among 100,000 people: the statements alone."""
    from cbs_desktop.overview import finding

    made = large(folder)
    times: list[float] = []
    with made._reader.connect() as link:
        reading = made._reading(link)
        for text in typed(5, 600):
            start = time.perf_counter()
            where = finding.narrowed(reading, text)
            finding.matching_ids(reading, where, 0, 60)
            times.append((time.perf_counter() - start) * 1000)
    times.sort()
    p95 = times[int(len(times) * 0.95)]
    return Figure(
        "search keystroke, 95 of 100",
        p95,
        "ms",
        2.0,
        f"median {median(times):.2f} ms, worst {times[-1]:.1f} ms",
    )
