"""Problems with what is typed about people in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a phone": _N("A phone number has 7 to 15 digits."),
    "not a sex": _N("“{cell}” is neither F nor M."),
    "guardian needed": _N(
        "Below age {under}, a parent or guardian consents: enter their name."
    ),
    "twice": _N("The same person is already listed: {where}."),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {
    "own_name": _N("Own name"),
    "other_names": _N("Other names"),
    "sex": _N("Sex"),
    "born_on": _N("Birth"),
    "born_year": _N("Birth"),
    "age": _N("Age"),
    "place_id": _N("Place"),
    "phone": _N("Phone"),
    "consent_on": _N("Consent"),
    "consent_mode": _N("Consent"),
    "guardian": _N("Guardian"),
    "categories": _N("Background"),
    "facility": _N("Facility"),
    "name_on_id": _N("Name on ID"),
    "id_number": _N("ID number"),
    "facility_id": _N("Facility"),
    "release_on": _N("Expected release"),
}

problems.register(faults=FAULTS, fields=FIELDS)
