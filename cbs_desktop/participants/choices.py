"""What can be chosen of a participant. The words are the programme's; ethnicity is never among them."""

_N = str  # marks a word for the catalogues; it is translated when it is shown
SEXES = ("F", "M")
MODE_WORDS = {
    "written": _N("in writing"),
    "oral": _N("by word of mouth"),
    "electronic": _N("electronically"),
}
PURPOSE_WORDS = {
    "programme": _N("Programme"),
    "screening": _N("Screening"),
    "photo": _N("Photo or story"),
    "sharing": _N("Sharing names"),
    "follow-up": _N("Follow-up visits"),
}
CONSENT_MODES = tuple(MODE_WORDS)
PURPOSES = tuple(PURPOSE_WORDS)
USUAL_PURPOSES = ("programme", "screening")  # asked together on the usual paper
WITHDRAWN = "consent withdrawn"  # the reason for leaving
WITHDRAWAL_REASONS = (
    "",
    "own wish",
    "guardian's wish",
    "feels unsafe",
    "no time",
    "other",
)
ID_KINDS = ("", "national ID", "refugee ID", "passport", "other")
# Backgrounds are kept apart from every list and paper.
CATEGORIES = (
    "survivor", "perpetrator", "former prisoner", "prisoner", "descendant of survivor", "descendant of perpetrator",
    "returnee", "former combatant", "refugee", "host community", "widow", "single mother", "person with disability",
)  # fmt: skip
LEAVING = (
    "moved away", "illness", "death", "work", "release or transfer", "conflict", "unsafe", WITHDRAWN, "other",
)  # fmt: skip
# Law 058/2021, art. 22
RESTRICTION_REASONS = (
    "accuracy contested", "use objected to", "kept for a legal claim", "safety", "own wish",
)  # fmt: skip
LIFTING_REASONS = ("own wish", "data corrected", "claim settled", "safe again")
