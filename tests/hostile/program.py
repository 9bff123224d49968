"""The program under test, in a process of its own: an office, and every door through which a file comes in. It is given a
path on each line of standard input, and says for each what became of it."""

import json
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from cbs_desktop import clock, founding, rooms
from cbs_desktop.attendance.sheets.doubts import say_doubt
from cbs_desktop.attendance.sheets.plans import sheet_plan
from cbs_desktop.certificates import guarded as certificates
from cbs_desktop.certificates import queries as certificate_queries
from cbs_desktop.certificates import trust
from cbs_desktop.clock import Calendar
from cbs_desktop.duplicates import arriving
from cbs_desktop.errors import Invalid, OfficeProblem
from cbs_desktop.groups.allocation.people_table import people_table
from cbs_desktop.outside import toml_file
from cbs_desktop.overview import queries as overview
from cbs_desktop.paper import guarded as pictures
from cbs_desktop.participants import actions, columns, importing
from cbs_desktop.places import actions as place_actions
from cbs_desktop.places import positions
from cbs_desktop.problems import say
from cbs_desktop.programmes import actions as programmes
from cbs_desktop.programmes import queries as programme_queries
from cbs_desktop.programmes.rules import RoundPlan
from cbs_desktop.screening import actions as screening_actions
from cbs_desktop.screening import guarded as screening
from cbs_desktop.screening import importing as screening_importing
from cbs_desktop.screening import queries as screening_queries
from cbs_desktop.sheets import guarded as sheets
from cbs_desktop.sheets import raw

_DAY = date(2026, 3, 2)
_OURS = str(say(KeyError()))  # what is said of a mistake of ours


class Partial(Exception):
    """Some of a file was taken in, and some was not."""


class Doors:
    """The doors of one office."""

    def __init__(self, folder):
        plan = founding.Plan("Hostile", "MU", "RW", ("Musanze",), "coordinator")
        self.office, _code = founding.found(folder, plan, "four plain words", Calendar(_DAY))  # fmt: skip
        programme_id = self.office.ask(programme_queries.programmes)[0][0]
        plan = RoundPlan("2026A", date(2026, 3, 9), date(2026, 7, 31))
        self.office.do(programmes.open_round, programme_id, plan)

    def people(self, path):
        """Import people, as the window does."""
        sheet = sheets.read(path).prepared(True, True)
        mapping = importing.guess(sheet.header)
        today = clock.day_of(clock.now())
        how = columns.look(sheet, mapping, today, columns.ImportChoices())
        lines = importing.read(sheet.rows, mapping, sheet.first_row, today, how)
        importing.passed_over(sheet.rows, lines, sheet.first_row)
        if faults := importing.mapping_faults(mapping):
            raise Invalid(faults)
        if faults := self.office.ask(arriving.import_check, lines, True):
            raise Invalid(faults)
        before = self.office.ask(overview.roster).count
        try:
            self.office.do(actions.import_people, lines, new_places=True)
        finally:
            added = self.office.ask(overview.roster).count - before
            if added not in (0, len(lines)):
                raise Partial(f"{added} of {len(lines)}")

    def positions(self, path):
        """Where places are."""
        table = sheets.read(path)
        found = positions.read(table.header, table.rows, table.first_row)
        self.office.do(place_actions.set_positions, found)

    def marks(self, path):
        """Attendance from sheets of any shape, as the window does; there are no groups here, so nothing can be meant."""
        plan = self.office.ask(sheet_plan, raw.read(path))
        if plan.new or plan.differing:
            raise Partial("marks")
        for doubt in plan.doubts:
            say_doubt(doubt)

    def answers(self, path):
        """Questionnaires from a table."""
        table = sheets.read(path)
        forms = {
            one.key: one.instrument
            for one in self.office.ask(screening_queries.questionnaires)
            if one.instrument
        }
        screening_importing.read(table.header, table.rows, table.first_row, {}, forms, "phq9")  # fmt: skip

    def divide(self, path):
        """People of any table, to be divided."""
        table = sheets.read(path)
        people_table(table.header, table.rows)

    def questionnaire(self, path):
        """A questionnaire of the office's own."""
        content = screening.questionnaire(path)
        before = len(self.office.ask(screening_queries.questionnaires))
        try:
            self.office.do(screening_actions.add_instrument, content, path.name)
        finally:
            if len(self.office.ask(screening_queries.questionnaires)) - before > 1:
                raise Partial("questionnaires")

    def rules(self, path):
        """Rules of a division."""
        toml_file.read(path)

    def logo(self, path):
        """A logo."""
        pictures.logo(path)

    def codes(self, path):
        """A picture or PDF with codes."""
        self.office.ask(certificate_queries.verdicts, certificates.codes(path))

    def check_list(self, path):
        """Another office's list."""
        content = certificates.check_list(path)
        self.office.do(trust.take_list, content, path.name)


# all of these read with one reader: each table goes through the first, and through one of the others in turn
OTHER_TABLES = (Doors.positions, Doors.marks, Doors.answers, Doors.divide)
DOORS = {
    "xlsx": (Doors.people, Doors.questionnaire),
    "xls": (Doors.people, Doors.questionnaire),
    "ods": (Doors.people,),
    "csv": (Doors.people,),
    "toml": (Doors.questionnaire, Doors.rules),
    "json": (Doors.check_list,),
    "png": (Doors.logo, Doors.codes),
    "jpg": (Doors.logo, Doors.codes),
    "pdf": (Doors.codes,),
}


def tried(door, doors, path):
    """What became of a file at a door: taken, refused in words, or else."""
    start = time.monotonic()
    said = ""
    try:
        door(doors, path)
        outcome = "taken"
    except OfficeProblem as problem:
        said = str(say(problem))
        outcome = "mistake" if _OURS in said or not said else "refused"
    except Partial as problem:
        outcome, said = "partial", str(problem)
    except Exception as problem:
        outcome, said = "mistake", repr(problem)[:300]
    return {
        "door": door.__name__,
        "outcome": outcome,
        "said": said[:300],
        "seconds": round(time.monotonic() - start, 3),
    }


def doors_of(path, number):
    """The doors of a file."""
    every = DOORS[path.suffix[1:]]
    if Doors.people in every:
        return (*every, OTHER_TABLES[number % len(OTHER_TABLES)])
    return every


def main():
    """Serve until the input ends."""
    rooms.open_problems()
    with tempfile.TemporaryDirectory() as folder:
        doors = Doors(Path(folder) / "office")
        print(json.dumps({"ready": True}), flush=True)
        for number, line in enumerate(sys.stdin):
            path = Path(line.strip())
            for door in doors_of(path, number):
                print(json.dumps({"at": door.__name__}), flush=True)
                print(json.dumps(tried(door, doors, path)), flush=True)
            print(json.dumps({"done": path.name}), flush=True)
        doors.office.close()


if __name__ == "__main__":
    if "--without-walls" in sys.argv:
        from tests.hostile import no_walls

        no_walls.take_down()
    main()
