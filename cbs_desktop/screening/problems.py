"""Problems with questionnaires, their files and safety cards in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "safety card": (
        _N("Question {questions} was answered yes."),
        _N("Please fill in the safety card now, before you finish the sheet."),
    ),
    "programme asks for it": (
        _N("The programme asks for this questionnaire."),
        _N("Choose another one for the programme first."),
    ),
    "second person": (
        _N("You typed this questionnaire the first time."),
        _N("Somebody else types it the second time, without looking at the first."),
    ),
    "typed twice already": (
        _N("This questionnaire was typed twice already."),
        _N("A screener compares the two."),
    ),
    "differences open": (
        _N("Questions {questions} are still different."),
        _N("Look at the paper and choose what it says for each."),
    ),
    "definition changed": (
        _N("The file {file} was changed, and its version is still {version}."),
        _N(
            "Give the changed questionnaire a higher version, so that old results stay as they were."
        ),
    ),
    "consent needed": (
        _N("No consent is noted for this person."),
        _N("Note the consent first, with date and mode."),
    ),
    "not yet screened": (
        _N("This person has not been screened in this round."),
        _N("Record the questionnaire first."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "questions open": _N("Still without an answer: {numbers}."),
    "no such answer": _N("Question {number} has no such answer."),
    "not asked": _N("Question {number} is not asked after the answers before it."),
    "reason needed": _N(
        "This is not what the sheets suggest, or the person waits: please give the reason, without stories."
    ),
    "phone or place": _N("Please give a phone number or a place."),
    "no country list": _N(
        "There is no list for this country yet. Enter the services that you know."
    ),
    "no languages": _N('Please list the languages, as languages = ["en"].'),
    "language missing": _N("The text is missing in: {languages}."),
    "unknown key": _N("This key is not known. Please check its spelling."),
    "not an answer": _N(
        "Each answer is [value, text], with a whole number from 0 to {most}."
    ),
    "too few answers": _N("At least two answers are needed."),
    "no such answers": _N("There is no set of answers called “{name}”."),
    "skipped and scored": _N(
        "A question that may be skipped cannot count in a score: write scored = false."
    ),
    "cycle": _N("Questions {numbers} wait for each other in a circle."),
    "not asked before": _N("Question {number} does not come before this one."),
    "no such question": _N("There is no scored question {number}."),
    "no such score": _N("There is no score called “{name}”."),
    "outside the score": _N("The score goes from {low} to {high}."),
    "cut-offs overlap": _N(
        "Two cut-offs under one name hold for the same person. Give them two names, or a sex each."
    ),
    "bands overlap": _N("The ranges overlap at {value}, or are not in order."),
    "bands leave a gap": _N("The ranges leave a gap between {low} and {high}."),
    "finer than the score": _N(
        "The score has {decimals} decimals, so that it cannot be {value}."
    ),
    "not above 0": _N("It has to be more than 0."),
    "more than there are": _N("More are asked for than there are questions."),
    "points or index": _N("Give either points, or sd and alpha."),
    "not supported": _N(
        "This is not supported: {what}. Leave it out, or ask it as a choice of one."
    ),
    "not a choice value": _N(
        "The value “{value}” of a choice is not a whole number from 0 to 8."
    ),
    "condition": _N(
        "Only a condition on one earlier question is understood, as ${{q1}} = '1'; this one is: {what}."
    ),
    "calculation": _N(
        "Only a sum of questions is understood, as ${{q1}} + ${{q2}}; this one is: {what}."
    ),
    "no such sheet": _N("The sheet “{name}” is missing or empty."),
    "form": _N("The form does not hold together: {what}"),
    "not a text": _N("A text is needed here."),
    "not numbers": _N("A list of whole numbers is needed here, as [1, 2, 3]."),
    "not yes or no": _N("Write true or false."),
    "not a table": _N(
        "This part is not written as it should be. Look at its description in docs/."
    ),
    "not a short name": _N("Use small letters, digits, - and _ only, at most 40."),
    "not one of": _N("It has to be one of: {choices}."),
    "outside": _N("It has to be between {low} and {high}."),
    "stands twice": _N("{value} stands here twice."),
    "too many": _N("More than {most} is too many."),
    "not the name of the file": _N(
        "The key and the name of the file are not the same."
    ),
    "changed without version": _N(
        "The file was changed, and its version is still {version}. Give it a higher one."
    ),
    "version not new": _N("Version {version} is there already. Give it a higher one."),
    "safety card needed": _N(
        "A risk question was answered: enter this sheet by hand, with its safety card."
    ),
}

UNREADABLE: dict[str, str] = {
    "not a questionnaire": _N(
        "{file} is no questionnaire. Choose a .toml file, or an XLSForm as .xlsx."
    ),
    "not in UTF-8": _N(
        "{file} is not written in UTF-8. Save it so in your editor, and choose it again."
    ),
    "too big for one": _N("{file} is too big to be a questionnaire."),
    "broken file": _N("{file} is not written as it should be: {detail}."),
}

# field of a Fault → its name
FIELDS: dict[str, str] = {
    "answers": _N("Answers"),
    "taken_on": _N("Date"),
    "reason": _N("Reason"),
    "occasion": _N("Occasion"),
    "instrument": _N("Questionnaire"),
    "told": _N("Who was told"),
    "told_on": _N("On which day"),
    "referred_to": _N("Referred to"),
    "see_again_on": _N("To be seen again on"),
    "helps_with": _N("Helps with"),
}

problems.register(rules=RULES, faults=FAULTS, unreadable=UNREADABLE, fields=FIELDS)
