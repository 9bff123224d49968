"""How the certificates of this office look: design, colours, languages, words, logos; one for all, or one for a programme."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from cbs_desktop import settings
from cbs_desktop.action import Reading, Transaction, action, query
from cbs_desktop.certificates import design_files, wording
from cbs_desktop.certificates.design import PLACES
from cbs_desktop.errors import Fault, Invalid
from cbs_desktop.paper import colours, picture
from cbs_desktop.safe.permissions import Permission
from cbs_desktop.text import clean, text_faults

ALL = ""
TRAINING = "training"  # for whom a look is, besides the keys of programmes
OFFSET_MOST = 20  # mm
FUNDERS_MOST = 160
LOGOS_MOST = 4
_SETTING = "certificate looks"
_LOGOS = "certificate logos"
_BY_COUNTRY = {"BI": ("rn", "fr")}


@dataclass(frozen=True, slots=True)
class Look:
    """One look. `accent` is a colour of the office's own, `right` and `up` move what is printed on pre-printed paper, in mm.

    `languages`: one or two; `logos`: PNG or JPEG in base64, as `paper.picture` gives them; `wording`: changed lines by language.
    """

    design: str = "imigongo"
    palette: str = ""
    accent: str = ""
    languages: tuple[str, ...] = ("rw", "en")
    seal: str = "middle"
    funders: str = ""
    preprinted: bool = False
    right: float = 0
    up: float = 0
    logos: tuple[str, ...] = ()
    wording: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def faults(look: Look) -> list[Fault]:
    """What is wrong with a look, by its fields."""
    found = wording.faults(look.wording)
    listed = {one.key: one for one in design_files.listed()}
    if look.design not in listed:
        found.append(Fault("design", "not a choice"))
    elif isinstance(problem := listed[look.design].problem, Invalid):
        found += problem.faults
    elif (
        look.palette
        and (made := listed[look.design].design)
        and look.palette not in [p.key for p in made.palettes]
    ):
        found.append(Fault("palette", "not a choice"))
    if look.accent and not colours.is_colour(look.accent):
        found.append(Fault("accent", "not a colour"))
    elif look.accent and not colours.shows(look.accent):
        found.append(Fault("accent", "too pale"))
    languages = look.languages
    if not (
        1 <= len(languages) <= 2
        and set(languages) <= set(wording.LANGUAGES)
        and len(set(languages)) == len(languages)
    ):
        found.append(Fault("languages", "not a choice"))
    if look.seal not in PLACES:
        found.append(Fault("seal", "not a choice"))
    for key in ("right", "up"):
        value = getattr(look, key)
        if type(value) not in (int, float):
            found.append(Fault(key, "not a number"))
        elif not -OFFSET_MOST <= value <= OFFSET_MOST:
            found.append(
                Fault(key, "outside", {"low": -OFFSET_MOST, "high": OFFSET_MOST})
            )
    if len(look.logos) > LOGOS_MOST:
        found.append(Fault("logos", "too many", {"most": LOGOS_MOST}))
    return found + text_faults("funders", look.funders, most=FUNDERS_MOST)


@query(Permission.LOOK)
def looks(reading: Reading) -> dict[str, Look]:
    """Every look by for whom it is: always one for `ALL`, others where the office has made one."""
    stored = settings.read(reading, _SETTING)
    logos = settings.read(reading, _LOGOS)
    made = {whose: _look(one, logos.get(whose, ())) for whose, one in stored.items()}
    return {ALL: _default(reading), **made}


def _look(stored: Mapping[str, Any], logos: Sequence[str]) -> Look:
    known = {one.name: stored[one.name] for one in fields(Look) if one.name in stored}
    return Look(
        **{**known, "languages": tuple(stored["languages"]), "logos": tuple(logos)}
    )


def _default(reading: Reading) -> Look:
    """Before an office has chosen: the languages of its country, or those and the logo of the settings of version 0.2."""
    languages = settings.read(reading, "certificate languages").split("+")
    if languages == [""]:
        languages = _BY_COUNTRY.get(settings.read(reading, "country"), ("rw", "en"))
    logo = settings.read(reading, "logo")
    return Look(languages=tuple(languages), logos=(logo,) if logo else ())


@action(Permission.SET_UP, "Changed the certificate design")
def set_look(tx: Transaction, whose: str, look: Look | None) -> None:
    """Keep a look for all certificates, for a programme (its key) or for trainings; None: as for all again. Invalid."""
    stored = settings.read(tx, _SETTING)
    logos = settings.read(tx, _LOGOS)
    looked_at = {*_default(tx).logos, *(one for mine in logos.values() for one in mine)}
    new_looks, new_logos = (
        {k: v for k, v in old.items() if k != whose} for old in (stored, logos)
    )
    if look is not None:
        look = replace(
            look, funders=clean(look.funders), wording=wording.tidy(look.wording)
        )
        if found := faults(look):
            raise Invalid(found)
        values = asdict(look)
        new_logos[whose] = [
            one if one in looked_at else picture.again(one)
            for one in values.pop("logos")
        ]
        new_looks[whose] = values
    settings.write(tx, _SETTING, new_looks)
    if (
        new_logos != logos
    ):  # pictures are large: the journal keeps them when they change, not with every word
        settings.write(tx, _LOGOS, new_logos)
