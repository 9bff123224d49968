"""B: the store. Import, marks by the hundred thousand and one by one, search while typing."""

import os
import random
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from figure import Figure, seconds

from cbs_desktop import founding
from cbs_desktop.attendance import actions as attendance
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
from cbs_desktop.store import engine

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
                f"07{n + seed * 20_000:08}",
                DAY,
            )
        )
    return made


def office(folder: Path, name: str) -> Office:
    plan = founding.Plan("Bench", "BE", "RW", ("Musanze",), "bench")
    made, _code = founding.found(folder / name, plan, PASSWORD, Calendar(DAY))
    return made


def import_people(folder: Path) -> Figure:
    """From the spreadsheet to the committed, journalled, searchable people; floor: executemany of the same rows."""
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
            made.do(participants.import_people, lines)

        ours = seconds(work)
        assert made.ask(overview.roster).count == 20_000
        pairs.append((_executemany(folder / f"floor{n}.db", made), ours))
        made.close()
    floor = median(p[0] for p in pairs)
    ours = median(p[1] for p in pairs)
    return Figure(
        "import of 20,000",
        ours / floor,
        "x executemany",
        4.0,
        f"{ours:.2f} s, floor {floor:.2f} s",
    )


def _executemany(path: Path, filled: Office) -> float:
    """The same rows of person and consent into an encrypted file with the same tables and indexes, without triggers."""
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
    """300,000 marks as one action with journal; floor: executemany into the same table, encrypted."""
    made = office(folder, "marks")
    groups = 1_000
    sessions = 15
    members = 20
    session_ids, people_ids = _groups(made, groups, sessions, members)
    marks = [
        (session_ids[g * sessions + s], people_ids[g * members + p], "PPPLEA"[(g + s + p) % 6])
        for g in range(groups) for s in range(sessions) for p in range(members)
    ]  # fmt: skip
    floor = min(_bare_marks(folder / f"marks{n}.db", marks) for n in range(2))
    ours = seconds(lambda: made.do(attendance.mark_many, marks))
    floor = (floor + _bare_marks(folder / "marks9.db", marks)) / 2
    made.close()
    return Figure(
        "300,000 marks with journal",
        ours / floor,
        "x executemany",
        3.0,
        f"{ours:.2f} s, floor {floor:.2f} s",
    )


def _bare_marks(path: Path, marks: list[tuple[int, int, str]]) -> float:
    key = bytes(32)
    engine.create(path, key)
    link = engine.connect(path, key)
    link.execute(
        "CREATE TABLE mark (session_id INTEGER NOT NULL, person_id INTEGER NOT NULL, value TEXT NOT NULL,"
        " PRIMARY KEY (session_id, person_id)) WITHOUT ROWID"
    )

    def work() -> None:
        link.execute("BEGIN IMMEDIATE")
        link.executemany("INSERT INTO mark VALUES (?, ?, ?)", marks)
        link.execute("COMMIT")

    taken = seconds(work)
    link.close()
    return taken


def one_mark(folder: Path) -> Figure:
    """One mark from the call to the disk, through door, rules, journal; floor: pwrite of a page and fdatasync."""
    made = office(folder, "one")
    session_ids, people_ids = _groups(made, 1, 15, 12)
    handle = os.open(folder / "floor.bin", os.O_RDWR | os.O_CREAT)
    page = os.urandom(4096)
    floors = []
    ours = []
    for n in range(300):
        start = time.perf_counter()
        os.pwrite(handle, page, 4096 * (n % 64))
        os.fdatasync(handle)
        middle = time.perf_counter()
        made.do(
            attendance.mark,
            session_ids[n % 15],
            people_ids[n // 15 % 12],
            "PLEA"[n // 180 % 4],
        )
        ours.append(time.perf_counter() - middle)
        floors.append(middle - start)
    os.close(handle)
    made.close()
    high = median(ours)
    low = median(floors)
    return Figure(
        "one saved mark",
        high / low,
        "x pwrite and fdatasync",
        3.0,
        f"{high * 1000:.2f} ms, floor {low * 1000:.2f} ms",
    )


_large: dict[Path, Office] = {}


def large(folder: Path) -> Office:
    """An office of 100,000 people, made once a run."""
    if folder not in _large:
        made = office(folder, "large")
        for part in range(5):
            made.do(
                participants.import_people,
                importing.read(rows(20_000, part + 2), importing.guess(HEADER), 2, DAY),
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
    from cbs_desktop.overview import roster as roster

    made = large(folder)
    times: list[float] = []
    with made._reader.connect() as link:
        reading = made._reading(link)
        for text in typed(5, 600):
            where = roster._filter(text, "", None, 0)
            start = time.perf_counter()
            roster.matching_ids(reading, where, 0, 60)
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
