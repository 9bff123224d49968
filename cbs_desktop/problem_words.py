"""Sentences of `problems` about paper: designs, logos, the words of certificates."""

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "no glyph": (
        _N("No typeface of the program can draw {signs} in “{who}”."),
        _N("Take these signs out first; a box in their place would be printed."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "not a picture": _N("Please choose a PNG or JPEG picture; this is none, or it is damaged."),
    "drawing": _N("This is an SVG drawing, which is not taken. Save it as PNG first."),
    "picture too big": _N("The file is larger than {most} MB. Save it smaller."),
    "too many points": _N("The picture has more than {most} million points. Save it smaller."),
    "not a colour": _N("A colour is written as #0F5C5A."),
    "too pale": _N("This colour would hardly be seen on white paper. Take a darker one."),
    "braces": _N("In braces only these can stand here: {names}."),
    "no such font": _N("There is no font called “{name}”."),
    "not these colours": _N("{count} colours are needed here, with commas between them, of: {choices}."),
    "not so many": _N("As many pairs as people sign are needed: {count}."),
}

# what fields are called
FIELDS: dict[str, str] = {
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
