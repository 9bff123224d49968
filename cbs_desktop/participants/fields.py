"""What is asked of a participant, field by field: the one place where the form, the import, the card and faults look.

A new field is a line here, an attribute of `PersonDetails`, a column of the table and its migration (docs/how-to.md).
"""

from collections.abc import Callable
from dataclasses import dataclass

from cbs_desktop.participants import cells
from cbs_desktop.participants.availability import read_days, read_languages
from cbs_desktop.text import day_of_text

NAME_MOST = 80
# headers of a whole name whose given name stands first
GIVEN_FIRST = (
    "first and last name", "first name and last name", "first name last name", "first last name", "given and family name",
    "first name and surname", "prenom et nom", "prenoms et nom", "prenoms et noms", "prenom nom", "prenoms nom",
    "irikirisitu n izina",
)  # fmt: skip
_N = str  # marks words for the catalogues; they are translated when they are shown


@dataclass(frozen=True, slots=True)
class PersonField:
    """One field of a person or of the consent.

    - `label` names it in faults, in the import and on the card; `asked` in the form, if more is to be said there.
    - `kind` is the kind of input in the form; "" is not asked there, but read from sheets.
    - `most` is how many letters a text may have.
    - `headers` are its headers in office sheets in English, French, Kinyarwanda and Kirundi, folded.
    - `read` makes its value of a cell, `blank` is the value of an empty one.
    """

    key: str
    label: str
    kind: str = "text"
    headers: tuple[str, ...] = ()
    asked: str = ""
    help: str = ""
    needed: bool = False
    most: int = 80
    read: Callable[[object], object] = cells.read_text
    blank: object = ""
    on_card: bool = False


PERSON_FIELDS = (
    PersonField(
        "name", _N("Whole name"), "",
        ("name", "names", "full name", "nom", "nom et prenom", "nom et prenoms", *GIVEN_FIRST,
            "noms et prenoms", "noms", "amazina", "participant"),
    ),
    PersonField(
        "own_name", _N("Own name"), needed=True, most=NAME_MOST, help=_N("Written first, as in official documents"),
        headers=("own name", "izina bwite", "izina", "family name", "surname", "last name", "nom propre", "izina ry umuryango"),
    ),
    PersonField(
        "other_names", _N("Other names"), most=NAME_MOST,
        headers=(
            "other names", "other name", "first name", "given name", "prenom", "prenoms", "andi mazina",
            "izina ry irikirisitu",
        ),
    ),
    PersonField(
        "sex", _N("Sex"), "choice", ("sex", "gender", "sexe", "igitsina", "f m", "m f"), needed=True, read=cells.read_sex,
    ),
    PersonField(
        "born_on", _N("Birth date"), "birth",
        ("birth date", "date of birth", "dob", "born", "date de naissance", "naissance", "date de naiss", "amavuko",
         "itariki y amavuko", "birth"),
        help=_N("16/11/1990, or leave empty and enter the year"), read=cells.read_birth, blank=(None, None),
    ),
    PersonField(
        "born_year", _N("Birth year, or age"), "number",
        ("birth year", "year of birth", "annee de naissance", "umwaka w amavuko", "year"),
        help=_N("1990, or 35 for an age"), read=cells.read_number, blank=None,
    ),
    PersonField("age", _N("Age"), "", ("age", "imyaka", "age estime", "estimated age"), read=cells.read_age, blank=None),
    PersonField("age_estimated", _N("The age is estimated"), "yes"),
    PersonField("district", _N("District"), "", ("district", "akarere", "commune", "komine")),
    PersonField("sector", _N("Sector"), "", ("sector", "umurenge", "secteur", "zone")),
    PersonField("cell", _N("Cell"), "", ("cell", "akagari", "cellule")),
    PersonField("village", _N("Village"), "", ("village", "umudugudu", "colline", "umutumba")),
    PersonField(
        "address", _N("Whole place"), "",
        ("address", "adresse", "aho atuye", "aho batuye", "place of residence", "lieu de residence", "residence", "domicile"),
    ),
    PersonField("place_id", _N("Place"), "place", asked=_N("Lives in"), needed=True),
    PersonField("facility", _N("Facility"), "", ("facility", "correctional facility", "igororero", "prison", "etablissement")),
    PersonField("facility_id", _N("Facility"), "choice", asked=_N("Setting")),
    PersonField(
        "release_on", _N("Expected release"), "date",
        ("release date", "release", "date de liberation", "itariki yo gufungurwa"),
        help=_N("Only for people in a correctional facility"), read=day_of_text, blank=None,
    ),
    PersonField(
        "phone", _N("Phone"), read=cells.read_phone,
        headers=("phone", "telephone", "tel", "mobile", "telefone", "phone number"), on_card=True,
    ),
    PersonField(
        "phone_of", _N("Owner of the phone"), asked=_N("Whose phone, if not their own"), on_card=True,
        headers=("phone owner", "owner of the phone", "whose phone", "proprietaire du telephone", "nyiri telefone"),
    ),
    PersonField(
        "safe_to_call", _N("Safe to call"), "choice", asked=_N("Safe to call?"), read=cells.read_yes, blank=None,
        headers=("safe to call", "safe to phone", "appel sans risque", "guhamagara"),
    ),
    PersonField(
        "name_on_id", _N("Name on ID"), asked=_N("Name as on the ID"), help=_N("Only if different"), most=2 * NAME_MOST,
        on_card=True,
    ),
    PersonField("id_kind", _N("ID"), "choice"),
    PersonField(
        "id_number", _N("ID number"), "card", most=30, read=cells.read_digits,
        headers=("id", "id number", "national id", "nid", "indangamuntu", "karangamuntu", "carte d identite"),
    ),
    PersonField(
        "languages", _N("Languages"), "many", ("language", "languages", "langue", "langues", "indimi", "ururimi"),
        asked=_N("Languages, if other than the local one"), read=read_languages, blank=(),
    ),
    PersonField(
        "days", _N("Days available"), "many", ("days", "meeting days", "available days", "jours", "iminsi"),
        asked=_N("Days available, if not all"), read=read_days, blank=(),
    ),
    PersonField(
        "categories", _N("Background"), "many", ("background", "category", "categories", "categorie"),
        asked=_N("Background (sensitive; never shown on lists or paper)"), read=cells.read_categories, blank=None,
    ),
)  # fmt: skip

CONSENT_FIELDS = (
    PersonField(
        "consent_on", _N("Consent date"), "date", ("consent date", "consent", "date of consent", "consentement"),
        help=_N("Nobody is screened or placed without consent"), read=day_of_text, blank=None,
    ),
    PersonField(
        "consent_mode", _N("Form of consent"), "choice", ("consent mode", "mode of consent"), read=cells.read_mode,
        blank="written",
    ),
    PersonField("purposes", _N("Agrees to"), "many"),
    PersonField("consent_language", _N("Language of the consent"), "choice"),
    PersonField("witness", _N("Witness"), asked=_N("Witness, if by word of mouth")),
    PersonField("guardian", _N("Guardian"), asked=_N("Guardian, for a child under 16")),
)  # fmt: skip

ALL_FIELDS = (*PERSON_FIELDS, *CONSENT_FIELDS)
TEXT_FIELDS = tuple(field for field in PERSON_FIELDS if field.kind in ("text", "card"))
CARD_FIELDS = {field.key: field for field in PERSON_FIELDS if field.on_card}
SHEET_FIELDS = {field.key: field for field in ALL_FIELDS if field.headers}
