"""Problems with certificates, their lists and papers in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

RULES: dict[str, tuple[str, str]] = {
    "not ready for a certificate": (
        _N("{who} does not qualify for a certificate, or has one already."),
        _N("Take the person out of the batch."),
    ),
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
    "own list": (
        _N("This is a list of this office itself."),
        _N("Nothing to do: this office knows its own register."),
    ),
    "root unknown": (
        _N(
            "Nobody here has vouched for the root key of {office} yet. Its fingerprint is {fingerprint}."
        ),
        _N("Call that office, compare the fingerprint, then take the list with it."),
    ),
    "fingerprint differs": (
        _N("The fingerprint is another one."),
        _N(
            "Do not take the list: compare letter by letter, and ask where the file comes from."
        ),
    ),
    "older list": (
        _N("List {number} of {office} is not newer than list {here}, which is here."),
        _N("Ask that office for its latest list."),
    ),
    "no glyph": (
        _N("No typeface of the program can draw {signs} in “{who}”."),
        _N("Take these signs out first; a box in their place would be printed."),
    ),
}
FAULTS: dict[str, str] = {
    "no such page": _N("Please write pages like 1-7, 9; there are {most}."),
    "not a picture": _N(
        "Please choose a PNG or JPEG picture; this is none, or it is damaged."
    ),
    "drawing": _N("This is an SVG drawing, which is not taken. Save it as PNG first."),
    "picture too big": _N("The file is larger than {most} MB. Save it smaller."),
    "too many points": _N(
        "The picture has more than {most} million points. Save it smaller."
    ),
    "not a colour": _N("A colour is written as #0F5C5A."),
    "too pale": _N(
        "This colour would hardly be seen on white paper. Take a darker one."
    ),
    "braces": _N("In braces only these can stand here: {names}."),
    "no such font": _N("There is no font called “{name}”."),
    "not these colours": _N(
        "{count} colours are needed here, with commas between them, of: {choices}."
    ),
    "not so many": _N("As many pairs as people sign are needed: {count}."),
}
UNREADABLE: dict[str, str] = {
    "not a check list": _N("{file} is not a list for checking certificates."),
    "newer list": _N(
        "{file} was written by a later version of the program. Install that version here too."
    ),
    "changed list": _N(
        "{file} was changed after it was signed, or is not whole. Ask for it again."
    ),
    "picture too big": _N(
        "The picture {file} is too large to be a photo of a certificate. Take a smaller one."
    ),
    "locked PDF": _N(
        "{file} is protected with a password. Print it or save it without one, then check that."
    ),
    "no printer here": _N(
        "No printer is set up on this laptop. Save as PDF (Ctrl+S), and print that elsewhere."
    ),
    "takes too long": _N(
        "{file} could not be searched in time. Photograph the code alone, or type the text under it."
    ),
}
FIELDS: dict[str, str] = {
    "words": _N("In words"),
    "pages": _N("Papers that came out well"),
    "signatories": _N("Who signs"),
    "logos": _N("Logos"),
    "design": _N("Design"),
    "palette": _N("Colours"),
    "accent": _N("Own colour"),
    "languages": _N("Language"),
    "seal": _N("Seal"),
    "funders": _N("Line of the funders"),
    "right": _N("Move right, mm"),
    "up": _N("Move up, mm"),
    "heading": _N("Title of the paper"),
    "presented": _N("Before the name"),
    "completed": _N("After the name"),
    "period": _N("Beginning and end"),
    "check": _N("How to check it"),
    "duplicate": _N("On a duplicate"),
}

problems.register(rules=RULES, faults=FAULTS, unreadable=UNREADABLE, fields=FIELDS)
