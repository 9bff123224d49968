"""Problems with certificates, their lists and papers in words; `problems.py` takes them into its tables."""

_N = str  # marks a sentence for the catalogues; it is translated when it is said

RULES: dict[str, tuple[str, str]] = {
    "name not changed": (
        _N("{who} is still the name on the certificate."),
        _N("Correct the name first. For a lost or damaged paper, print a duplicate."),
    ),
    "root there": (
        _N("This office has a root key already, fingerprint {fingerprint}."),
        _N("Its code stands on the paper that was put away."),
    ),
    "no root": (
        _N("This office has no root key yet, so others could not trust its list."),
        _N("Make the root key first, and lock its paper away."),
    ),
    "key revoked": (
        _N("The signing key of this office was revoked."),
        _N("Give the code of the root key too; it signs the list instead."),
    ),
    "own list": (_N("This is a list of this office itself."), _N("Nothing to do: this office knows its own register.")),
    "root unknown": (
        _N("Nobody here has vouched for the root key of {office} yet. Its fingerprint is {fingerprint}."),
        _N("Call that office, compare the fingerprint, then take the list with it."),
    ),
    "fingerprint differs": (
        _N("The fingerprint is another one."),
        _N("Do not take the list: compare letter by letter, and ask where the file comes from."),
    ),
    "older list": (
        _N("List {number} of {office} is not newer than list {here}, which is here."),
        _N("Ask that office for its latest list."),
    ),
}
FAULTS: dict[str, str] = {
    "no such page": _N("Please write pages like 1-7, 9; there are {most}."),
}
UNREADABLE: dict[str, str] = {
    "not a check list": _N("{file} is not a list for checking certificates."),
    "newer list": _N("{file} was written by a later version of the program. Install that version here too."),
    "changed list": _N("{file} was changed after it was signed, or is not whole. Ask for it again."),
    "picture too big": _N("The picture {file} is too large to be a photo of a certificate. Take a smaller one."),
    "locked PDF": _N("{file} is protected with a password. Print it or save it without one, then check that."),
    "no printer here": _N("No printer is set up on this laptop. Save as PDF (Ctrl+S), and print that elsewhere."),
    "takes too long": _N("{file} could not be searched in time. Photograph the code alone, or type the text under it."),
}
FIELDS: dict[str, str] = {
    "words": _N("In words"),
    "pages": _N("Papers that came out well"),
    "signatories": _N("Who signs"),
}
