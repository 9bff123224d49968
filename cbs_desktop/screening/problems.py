"""Problems with questionnaires, their files and safety cards in words."""

from cbs_desktop import problems

_N = str  # marks a sentence for the catalogues; it is translated when it is said

# rule of RuleBroken → what, what to do
RULES: dict[str, tuple[str, str]] = {
    "safety card": (
        _N("Question {questions} was answered yes."),
        _N("Fill in the safety card now, before you finish the questionnaire."),
    ),
    "risk question not answered": (
        _N("Risk question {questions} was not answered on the paper."),
        _N("Ask the person again and enter the answer, or fill in the safety card."),
    ),
    "programme asks for it": (
        _N("The programme asks for this questionnaire."),
        _N("Choose another one in the programme first."),
    ),
    "second person": (
        _N("You made the first entry of this questionnaire."),
        _N("Somebody else makes the second entry, without seeing the first."),
    ),
    "typed twice already": (
        _N("This questionnaire has already been entered twice."),
        _N("A screener compares the two entries."),
    ),
    "answers destroyed": (
        _N("The answers of this questionnaire were destroyed after their time."),
        _N("The paper may still be there."),
    ),
    "differences open": (
        _N("Questions {questions} still differ."),
        _N("Check the paper and choose what it says for each."),
    ),
    "definition changed": (
        _N("The file {file} was changed but its version is still {version}."),
        _N(
            "Increase the version of the changed questionnaire, so that "
            "old results stay as they were."
        ),
    ),
    "not yet screened": (
        _N("This person has not been screened in this round."),
        _N("Record the questionnaire first."),
    ),
}

# kind of Fault → sentence under the field
FAULTS: dict[str, str] = {
    "questions open": _N("Not answered yet: {numbers}."),
    "no such answer": _N("Question {number} has no such answer."),
    "not asked": _N("Given the earlier answers, question {number} is not asked."),
    "reason needed": _N(
        "This differs from the suggestion, or puts the person on the "
        "waiting list: give the reason, without stories."
    ),
    "phone or place": _N("Enter a phone number or a place."),
    "no country list": _N(
        "There is no list for this country yet. Enter the services you know."
    ),
    "no languages": _N('List the languages, for example languages = ["en"].'),
    "language missing": _N("The text is missing in: {languages}."),
    "unknown key": _N("Unknown key. Check its spelling."),
    "not an answer": _N(
        "Each answer is [value, text], with a whole number from 0 to {most}."
    ),
    "too few answers": _N("At least two answers are needed."),
    "no such answers": _N("There is no set of answers called “{name}”."),
    "skipped and scored": _N(
        "A question that may be skipped cannot count towards a score: "
        "write scored = false."
    ),
    "cycle": _N("Questions {numbers} depend on each other in a circle."),
    "not asked before": _N("Question {number} does not come before this one."),
    "no such question": _N("There is no scored question {number}."),
    "no such score": _N("There is no score called “{name}”."),
    "outside the score": _N("The score ranges from {low} to {high}."),
    "cut-offs overlap": _N(
        "Two cut-offs with the same name apply to the same person. Give "
        "them different names, or one sex each."
    ),
    "bands overlap": _N("The ranges overlap at {value}, or are not in order."),
    "bands leave a gap": _N("The ranges leave a gap between {low} and {high}."),
    "finer than the score": _N(
        "The score has {decimals} decimals, so it cannot be {value}."
    ),
    "not above 0": _N("It must be greater than 0."),
    "more than there are": _N("This is more than the number of questions."),
    "points or index": _N("Give either points, or sd and alpha."),
    "not supported": _N(
        "Not supported: {what}. Leave it out, or make it a single-choice question."
    ),
    "not a choice value": _N(
        "The choice value “{value}” is not a whole number from 0 to 8."
    ),
    "condition": _N(
        "Only a condition on one earlier question is supported, such as "
        "${{q1}} = '1'; this one is: {what}."
    ),
    "calculation": _N(
        "Only a sum of questions is supported, such as ${{q1}} + ${{q2}}; "
        "this one is: {what}."
    ),
    "no such sheet": _N("The sheet “{name}” is missing or empty."),
    "form": _N("The form is inconsistent: {what}"),
    "not a text": _N("Text is required here."),
    "not numbers": _N("A list of whole numbers is required here, such as [1, 2, 3]."),
    "not yes or no": _N("Write true or false."),
    "not a table": _N(
        "This part is not in the expected form. See its description in docs/."
    ),
    "not a short name": _N("Use only lower-case letters, digits, - and _, at most 40."),
    "not one of": _N("It must be one of: {choices}."),
    "outside": _N("It must be between {low} and {high}."),
    "stands twice": _N("{value} appears twice."),
    "too many": _N("At most {most} are allowed."),
    "not the name of the file": _N("The key and the file name do not match."),
    "changed without version": _N(
        "The file was changed but its version is still {version}. Increase it."
    ),
    "version not new": _N("Version {version} already exists. Increase it."),
    "risk question blank": _N(
        "Risk question {numbers} was not answered: ask again and enter the answer, "
        "or give a safety card."
    ),
    "safety card needed": _N(
        "A risk question was answered: enter this questionnaire by hand, "
        "with its safety card."
    ),
}

UNREADABLE: dict[str, str] = {
    "not a questionnaire": _N(
        "{file} is not a questionnaire. Choose a .toml file, or an XLSForm "
        "saved as .xlsx."
    ),
    "not in UTF-8": _N(
        "{file} is not in UTF-8. Save it as UTF-8 in your editor and choose it again."
    ),
    "too big for one": _N("{file} is too big to be a questionnaire."),
    "broken file": _N("{file} is not in the expected form: {detail}."),
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
    "see_again_on": _N("Follow-up date"),
    "helps_with": _N("Helps with"),
}

problems.register(rules=RULES, faults=FAULTS, unreadable=UNREADABLE, fields=FIELDS)
