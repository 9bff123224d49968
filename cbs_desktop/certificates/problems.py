"""Problems with certificates, their lists and papers in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

RULES: dict[str, tuple[str, str]] = {
    "not ready for a certificate": (
        _N("{who} does not qualify for a certificate or already has one."),
        _N("Remove this person from the batch."),
    ),
    "records not complete": (
        _N("By the records, {who} has not completed the programme."),
        _N("Keep the certificate with a reason, or withdraw it."),
    ),
    "paper not changed": (
        _N("The name on the certificate is still {who}."),
        _N("Correct the name first. For a lost or damaged paper, print a duplicate."),
    ),
    "root there": (
        _N("This office already has a root key, fingerprint {fingerprint}."),
        _N("Its code is on the paper that was locked away."),
    ),
    "no root": (
        _N(
            "This office has no root key yet, so other offices could not "
            "trust its list."
        ),
        _N("Make the root key first, and lock its paper away."),
    ),
    "key revoked": (
        _N("The signing key of this office was revoked."),
        _N(
            "Enter the root key code as well; the root key then signs the list instead."
        ),
    ),
    "own list": (
        _N("This list comes from this office."),
        _N("There is nothing to do: this office already knows its own register."),
    ),
    "root unknown": (
        _N(
            "The root key of {office} has not been confirmed here yet. Its "
            "fingerprint is {fingerprint}."
        ),
        _N("Call that office, compare the fingerprint, then import the list."),
    ),
    "fingerprint differs": (
        _N("The fingerprint does not match."),
        _N(
            "Do not import the list. Compare letter by letter, and ask "
            "where the file came from."
        ),
    ),
    "older list": (
        _N(
            "List {number} of {office} is not newer than list {here}, which "
            "this office already has."
        ),
        _N("Ask that office for its latest list."),
    ),
    "no glyph": (
        _N("None of the program’s fonts can print {signs} in “{who}”."),
        _N(
            "Remove these characters first; otherwise boxes would be "
            "printed in their place."
        ),
    ),
}
FAULTS: dict[str, str] = {
    "no such page": _N("Enter pages as in 1-7, 9; there are {most}."),
    "not a picture": _N(
        "This is not a PNG or JPEG picture, or it is damaged. Choose another file."
    ),
    "drawing": _N("SVG drawings cannot be used. Save it as PNG first."),
    "picture too big": _N("The file is larger than {most} MB. Save a smaller version."),
    "too many points": _N(
        "The picture has more than {most} million pixels. Save a smaller version."
    ),
    "not a colour": _N("Write the colour like this: #0F5C5A."),
    "too pale": _N(
        "This colour would hardly show on white paper. Choose a darker one."
    ),
    "braces": _N("Only these can be used in braces here: {names}."),
    "no such font": _N("There is no font called “{name}”."),
    "not these colours": _N(
        "Enter {count} colours separated by commas, from: {choices}."
    ),
    "not so many": _N("One pair per signatory is needed: {count}."),
}
UNREADABLE: dict[str, str] = {
    "not a check list": _N("{file} is not a list for checking certificates."),
    "newer list": _N(
        "{file} was written by a newer version of the program. Install "
        "that version here too."
    ),
    "changed list": _N(
        "{file} was changed after it was signed, or is incomplete. Ask for it again."
    ),
    "picture too big": _N(
        "The picture {file} is too large to be a photo of a certificate. "
        "Use a smaller one."
    ),
    "locked PDF": _N(
        "{file} is password-protected. Save or print it without a "
        "password, then check that."
    ),
    "no printer here": _N(
        "No printer is set up on this laptop. Save as PDF (Ctrl+S), and print that elsewhere."
    ),
    "takes too long": _N(
        "Searching {file} took too long. Photograph only the code, or type "
        "the text below it."
    ),
}
FIELDS: dict[str, str] = {
    "words": _N("In words"),
    "pages": _N("Certificates that printed correctly"),
    "signatories": _N("Who signs"),
    "logos": _N("Logos"),
    "design": _N("Design"),
    "palette": _N("Colours"),
    "accent": _N("Own colour"),
    "languages": _N("Language"),
    "seal": _N("Seal"),
    "funders": _N("Funder line"),
    "right": _N("Move right, mm"),
    "up": _N("Move up, mm"),
    "heading": _N("Title of the paper"),
    "presented": _N("Before the name"),
    "completed": _N("After the name"),
    "period": _N("Beginning and end"),
    "check": _N("How to verify it"),
    "duplicate": _N("On a duplicate"),
}

problems.register(rules=RULES, faults=FAULTS, unreadable=UNREADABLE, fields=FIELDS)
