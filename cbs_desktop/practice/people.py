"""The invented people of the practice season: how many of each kind, and the table they are imported from. Deterministic."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

from cbs_desktop import resource
from cbs_desktop.resource import Content
from cbs_desktop.screening.instrument import Item

HEADER = (
    "Own name", "Other names", "Sex", "Birth date", "Age", "District", "Sector", "Cell", "Village", "Facility",
    "Release date", "Phone", "Background", "Consent date", "Consent mode",
)  # fmt: skip
GRADUATE = (
    "graduate"  # the other fates are the keys of [others] and [short] in season.toml
)
_COMMUNITY = (
    "survivor", "perpetrator", "descendant of survivor", "descendant of perpetrator", "former prisoner", "returnee",
    "host community", "widow", "single mother", "former combatant",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class InventedPerson:
    """An invented person: what the season makes of them, and the row of the import."""

    fate: str
    sex: str
    band: str
    track: str
    district: str
    sector: str
    facility: str = ""
    row: tuple[object, ...] = field(default=())


def everybody(plan: Content) -> list[InventedPerson]:
    """All people of the season, each with a row, in the order in which paper comes in: mixed."""
    draw = Random(plan["seed"])
    people = [one for district in plan["district"] for one in _district(district, draw)]
    people = _with_fates(people, plan["short"], draw)
    people += _others(plan, draw)
    draw.shuffle(people)
    names = _names(draw)
    return [
        replace(one, row=_row(one, next(names[one.sex]), plan, draw)) for one in people
    ]


def _district(district: Content, draw: Random) -> Iterator[InventedPerson]:
    name = district["name"]
    sectors = district["sectors"]
    sexes = ["F"] * district["women"] + ["M"] * district["men"]
    draw.shuffle(sexes)
    adults_with_youth = district["youth_seats"] - district["youth"]
    bands = {
        "youth": ["youth"] * district["youth"] + ["adult"] * adults_with_youth,
        "adult": ["adult"] * (len(sexes) - district["youth_seats"]),
    }
    for track, graduates in bands.items():
        places = [
            sector["name"] for sector in sectors for _seat in range(sector[track])
        ]
        draw.shuffle(places)
        for i, sector in enumerate(places):
            graduate = i < len(graduates)
            sex = sexes.pop() if graduate else draw.choice("FM")
            band = graduates[i] if graduate else track
            yield InventedPerson(
                GRADUATE if graduate else "short", sex, band, track, name, sector
            )
    if inside := district.get("facility"):
        common = (inside["band"], "facility", name, sectors[0]["name"], inside["name"])
        yield from (
            InventedPerson(GRADUATE, sex, *common)
            for sex in "F" * inside["women"] + "M" * inside["men"]
        )
        main = "F" if inside["women"] > inside["men"] else "M"
        yield from (
            InventedPerson("short", main, *common) for _ in range(inside["extra"])
        )


def _with_fates(
    people: list[InventedPerson], short: dict[str, int], draw: Random
) -> list[InventedPerson]:
    fates = [fate for fate, count in short.items() for _ in range(count)]
    draw.shuffle(fates)
    return [
        replace(one, fate=f"short {fates.pop()}") if one.fate == "short" else one
        for one in people
    ]


def _others(plan: Content, draw: Random) -> list[InventedPerson]:
    people = []
    for fate, count in plan["others"].items():
        for _ in range(count):
            district = draw.choice(plan["district"])
            sector = draw.choice(district["sectors"])["name"]
            band = draw.choice(("youth", "adult", "adult"))
            people.append(
                InventedPerson(
                    fate, draw.choice("FFM"), band, band, district["name"], sector
                )
            )
    return people


def _names(draw: Random) -> dict[str, Iterator[tuple[str, str]]]:
    """Own and other names, never the same pair twice."""
    words = resource.toml("practice", "names.toml")
    both = {"F": ("women", "women_other"), "M": ("men", "men_other")}
    made = {}
    for sex, (own, other) in both.items():
        others = [
            name for line in words[other].split("\n") for name in line.split(";")
        ][1:-1]
        pairs = [(first, second) for first in words[own].split() for second in others]
        draw.shuffle(pairs)
        made[sex] = iter(pairs)
    return made


def _row(
    one: InventedPerson, names: tuple[str, str], plan: Content, draw: Random
) -> tuple[object, ...]:
    starts: date = plan["starts"]
    years = _age(one, draw)
    born = starts - timedelta(days=round(365.25 * years) + draw.randint(30, 300))
    estimated = draw.random() < 0.25
    if not one.facility and draw.random() < 0.6:
        phone = f"07{draw.choice('2389')}{draw.randrange(10**7):07}"
    else:
        phone = ""
    consent = plan["opens"] + timedelta(days=draw.randint(1, 3))
    if one.facility:
        release = plan["ends"] + timedelta(days=14 + born.toordinal() % 200)
    else:
        release = ""
    words = resource.toml("practice", "names.toml")
    return (
        *names,
        one.sex,
        "" if estimated else born,
        starts.year - born.year if estimated else "",
        one.district,
        one.sector,
        draw.choice(words["cells"].split()),
        draw.choice(words["villages"].split()),
        one.facility,
        release,
        phone,
        "prisoner" if one.facility else draw.choice(_COMMUNITY),
        consent,
        draw.choice(("written", "written", "oral")),
    )


def _age(one: InventedPerson, draw: Random) -> int:
    """Years on the first day; adults in a youth group are just above the border."""
    if one.band == "youth":
        years = draw.randint(18, 29)
    else:
        years = draw.choice(range(33, 68))
    if "Juvenile" in one.facility:
        return draw.randint(17, 20)
    if one.track == "youth" and one.band == "adult":
        return 31 + years % 3
    return years


def answers(fate: str, sex: str, items: Sequence[Item], draw: Random) -> dict[int, int]:
    """Answers to a yes/no sheet that fit what becomes of the person."""
    risk = [item.number for item in items if item.risk]
    plain = [item.number for item in items if not item.risk]
    least, most = _complaints(fate, sex)
    count = draw.randint(least, min(most, len(plain)))
    yes = set(draw.sample(plain, count))
    if fate == "refer":
        yes.update(risk)
    return {item.number: int(item.number in yes) for item in items}


def _complaints(fate: str, sex: str) -> tuple[int, int]:
    """The least and the most questions answered yes: around the cut-off of the sex, below it for other pathways."""
    if fate == "other":
        return 1, 6
    if sex == "F":
        return 11, 17
    return 9, 16


def answers_after(
    before: Mapping[int, int | None], items: Sequence[Item], draw: Random
) -> dict[int, int]:
    """Answers after the season: some complaints are gone, a few are new; no risk question is answered."""
    plain = [item.number for item in items if not item.risk]
    stays = draw.uniform(0.5, 1.0)
    kept = {number for number in plain if before[number] and draw.random() < stays}
    new = {number for number in plain if draw.random() < 0.04}
    yes = kept | new
    return {item.number: int(item.number in yes) for item in items}


def marks(fate: str, sessions: int, needed: int, draw: Random) -> str:
    """A letter per session: enough for graduates, too few for the others; "." after somebody left."""
    if fate == "short left":
        came = draw.randint(2, 6)
        return (
            "".join(draw.choice("PPPL") for _ in range(came))
            + "AA"
            + "." * (sessions - came - 2)
        )
    count = {
        GRADUATE: draw.choice(
            (needed, needed + 1, needed + 1, needed + 2, sessions, sessions)
        ),
        "short nearly": draw.choice((needed - 1, needed - 2)),
    }.get(fate, draw.randint(needed - 7, needed - 3))
    letters = [draw.choice("PPPPPPPL") for _ in range(count)] + [
        draw.choice("EA") for _ in range(sessions - count)
    ]
    draw.shuffle(letters)
    return "".join(letters)
