"""The rules of a country as data (resources/law/COUNTRY.toml): read, and refused in words when a file is not as it must be."""

from dataclasses import dataclass
from functools import lru_cache

from cbs_desktop import resource
from cbs_desktop.errors import Unreadable

PLAIN = "plain"  # of a country without a file of its own
FIGURES = (
    "notice_hours",
    "report_hours",
    "answer_days",
    "appeal_days",
    "consent_age",
    "keep_answers_months",
    "keep_identity_months",
)
ARTICLES = ("persons", "register", "registration", "assessment", "officer", "abroad")
_MOST = 1200


@dataclass(frozen=True, slots=True)
class LawFigure:
    """A figure of the law, and where it stands."""

    value: int
    source: str


@dataclass(frozen=True, slots=True)
class Law:
    """The rules of a country: names, `figures` by the keys of `FIGURES`, `articles` by those of `ARTICLES`, and whether data
    may be stored abroad without a certificate."""

    country: str
    name: str
    authority: str
    figures: dict[str, LawFigure]
    articles: dict[str, str]
    storage_abroad: bool


@lru_cache
def of_country(country: str) -> Law:
    """The rules of a country by its code; the plain ones where it has no file. Unreadable for a file that is broken."""
    known = resource.names("law", ".toml")
    key = country if country in known else PLAIN
    file = f"{key}.toml"
    return read(country, file, resource.toml("law", file))


def read(country: str, file: str, content: resource.Content) -> Law:
    """The rules out of what a file has. Unreadable, with the place, where something lacks, is unknown or cannot be."""
    _need_keys(
        file, "", content, ("name", "authority", "figures", "articles", "abroad")
    )
    _need_keys(file, "figures", content["figures"], FIGURES)
    _need_keys(file, "articles", content["articles"], ARTICLES)
    _need_keys(file, "abroad", content["abroad"], ("storage",))
    figures: dict[str, LawFigure] = {}
    for key in FIGURES:
        figures[key] = _figure(file, key, content["figures"][key])
    if figures["notice_hours"].value > figures["report_hours"].value:
        raise _broken(file, "figures.report_hours: earlier than notice_hours")
    for key in ("name", "authority"):
        _need_text(file, key, content[key])
    for key in ARTICLES:
        _need_text(file, f"articles.{key}", content["articles"][key])
    storage = content["abroad"]["storage"]
    if not isinstance(storage, bool):
        raise _broken(file, "abroad.storage: neither true nor false")
    return Law(
        country,
        content["name"],
        content["authority"],
        figures,
        dict(content["articles"]),
        storage,
    )


def _figure(file: str, key: str, found: object) -> LawFigure:
    _need_keys(file, f"figures.{key}", found, ("value", "source"))
    assert isinstance(found, dict)
    value = found["value"]
    if type(value) is not int or not 1 <= value <= _MOST:
        raise _broken(file, f"figures.{key}: not a whole number from 1 to {_MOST}")
    _need_text(file, f"figures.{key}.source", found["source"])
    return LawFigure(value, found["source"])


def _need_keys(file: str, where: str, found: object, keys: tuple[str, ...]) -> None:
    if not isinstance(found, dict):
        raise _broken(file, f"{where}: not a table")
    before = f"{where}." if where else ""
    for key in keys:
        if key not in found:
            raise _broken(file, f"{before}{key} is missing")
    for key in found:
        if key not in keys:
            raise _broken(file, f"{before}{key} is unknown: check its spelling")


def _need_text(file: str, where: str, found: object) -> None:
    if not isinstance(found, str) or not found.strip():
        raise _broken(file, f"{where}: no text")


def _broken(file: str, detail: str) -> Unreadable:
    return Unreadable(file=f"law/{file}", kind="broken law", detail=detail)
