"""Problems with facilitators in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "facilitator already": _N(
        "This participant is linked to another facilitator already. Open that one first."
    ),
}
FIELDS: dict[str, str] = {
    "person_id": _N("Participant before"),
    "since": _N("Facilitator since"),
}

problems.register(faults=FAULTS, fields=FIELDS)
