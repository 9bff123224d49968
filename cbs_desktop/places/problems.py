"""Problems with places in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a position": _N(
        "This is not a position: latitude goes from -90 to 90, longitude "
        "from -180 to 180, in degrees."
    ),
    "no such place": _N(
        "There is no such place in this office’s districts. Choose one from the list, "
        "or type it from the district down, with commas: Musanze, Cyuve."
    ),
}
FIELDS: dict[str, str] = {"latitude": _N("Latitude"), "longitude": _N("Longitude")}

problems.register(faults=FAULTS, fields=FIELDS)
