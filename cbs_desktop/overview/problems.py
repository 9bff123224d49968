"""Problems with the lists that are asked for in words."""

from cbs_desktop import problems

_N = str  # marks a word for the catalogues; it is translated when it is said

# field of a Fault → its name
FIELDS: dict[str, str] = {
    "kind": _N("List"),
    "columns": _N("Columns"),
    "divided": _N("Divided"),
}

problems.register(fields=FIELDS)
