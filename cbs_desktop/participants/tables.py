"""People, their sensitive background, and their consents."""

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from cbs_desktop.store.schema import Base, Id


class Person(Base):
    """A participant. Own name first; names are never title-cased and no family link is read from them."""

    __tablename__ = "person"
    __table_args__ = (Index(None, "place_id"),)
    id: Mapped[Id]
    number: Mapped[str] = mapped_column(unique=True)
    own_name: Mapped[str]
    other_names: Mapped[str]
    name_on_id: Mapped[str]
    sex: Mapped[str]  # F or M
    born_on: Mapped[date | None]
    born_year: Mapped[int | None]
    age_estimated: Mapped[bool]
    estimated_on: Mapped[date | None]  # the day on which the age was estimated
    place_id: Mapped[int] = mapped_column(ForeignKey("place.id"))
    facility_id: Mapped[int | None] = mapped_column(ForeignKey("facility.id"))
    release_on: Mapped[date | None]  # expected release of somebody in a facility
    phone: Mapped[str]
    phone_of: Mapped[str]  # whose phone it is, when not their own
    safe_to_call: Mapped[bool | None]  # None: nobody asked
    id_kind: Mapped[str]
    id_number: Mapped[str]
    registered_on: Mapped[date]
    left_on: Mapped[date | None]
    left_reason: Mapped[str]
    aliases: Mapped[str] = mapped_column(server_default="")  # see actions.set_aliases
    search: Mapped[str]


class PersonLanguage(Base):
    """A language that a person speaks; none: the language of the place."""

    __tablename__ = "person_language"
    __table_args__ = {  # noqa: RUF012
        "sqlite_with_rowid": False, "info": {"list": "languages"}
    }  # fmt: skip
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    code: Mapped[str] = mapped_column(primary_key=True)


class PersonDay(Base):
    """A weekday on which a person can come, 0 Monday; none: any."""

    __tablename__ = "person_day"
    __table_args__ = {  # noqa: RUF012
        "sqlite_with_rowid": False, "info": {"list": "days"}
    }  # fmt: skip
    person_id: Mapped[int] = mapped_column(
        ForeignKey("person.id"), primary_key=True, autoincrement=False
    )
    weekday: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class Background(Base):
    """The background categories of a person: sensitive, sealed to those with the permission (`safe.readers`)."""

    __tablename__ = "background"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    sealed: Mapped[bytes]  # the categories, as JSON


def sealed_of_background(background_id: int) -> str:
    """Of which record the categories are, as `safe.readers` has it."""
    return f"background {background_id}"


class Consent(Base):
    """One purpose that a person agreed to, when and how; one paper may hold several. Under 16 a guardian's name is
    needed (Law 058/2021, art. 9). A withdrawal ends the row and never deletes it."""

    __tablename__ = "consent"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    purpose: Mapped[str]  # a word of choices.PURPOSES
    mode: Mapped[str]
    given_on: Mapped[date]
    guardian: Mapped[str]
    withdrawn_on: Mapped[date | None]
    language: Mapped[str]  # it was explained in; a code, empty where nobody said
    witness: Mapped[str]
    withdrawn_why: Mapped[str]  # a word of choices.WITHDRAWAL_REASONS


class Restriction(Base):
    """A person whose data are kept and not used (Law 058/2021, art. 22), from a day on, until it is lifted."""

    __tablename__ = "restriction"
    __table_args__ = (Index(None, "person_id"),)
    id: Mapped[Id]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    reason: Mapped[str]  # a word of choices.RESTRICTION_REASONS
    since: Mapped[date]
    set_by: Mapped[str]
    lifted_on: Mapped[date | None]
    lifted_why: Mapped[str]  # a word of choices.LIFTING_REASONS
    lifted_by: Mapped[str]


class Erased(Base):
    """A person of whom only figures are left. The id may be of a record that had become part of another one."""

    __tablename__ = "erased"
    __table_args__ = {"info": {"keeps": True}}  # noqa: RUF012
    person_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[str]
    erased_on: Mapped[date]
