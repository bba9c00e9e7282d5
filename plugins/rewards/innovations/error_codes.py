"""Codes with which innovations refuse, each with its meaning and remedy."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "EFFECT_NO_CASES": N_("There are no cases in either span, so there is nothing to compare. Choose other days."),
    "EFFECT_NOT_AUTHOR": N_("This fact is about a person. Name one of the authors."),
    "EFFECT_SPAN": N_("{first} to {last} is no span of 1 to {days} days. Correct one of the two."),
    "EFFECT_SPANS_OVERLAP": N_("The days before ({last}) reach into those after ({first}). Leave no day to both."),
    "EFFECT_UNIT_ELSEWHERE": N_(
        "{unit} is none of the units that the innovation concerns. Choose one of them, or add it there."
    ),
    "INNOVATIONS_STAY": N_(
        "{count} adopted innovations name their authors, since awards and points rest on them. They go with the "
        "employee's own row."
    ),
    "INNOVATION_AUTHOR_MISSING": N_("Nobody is named as an author. Name one first."),
    "INNOVATION_CATEGORY": N_("There is no category {code} in the rules of that day. Choose one of: {codes}."),
    "INNOVATION_DAY": N_("{day} does not lie between the step before ({first}) and today ({last}). Correct the day."),
    "INNOVATION_EVIDENCE_FULL": N_("The innovation has {limit} pieces of evidence already. Remove one first."),
    "INNOVATION_GROUP": N_("There is no group {code} in the rules of that day. Choose one of: {codes}."),
    "INNOVATION_LAST_AUTHOR": N_("An innovation has an author. Name another one first."),
    "INNOVATION_NOT_IN_USE": N_("It cannot be adopted ({day}) before it is in use ({used}). Correct one of the days."),
    "INNOVATION_ORIGIN": N_(
        "Only what was adopted elsewhere can be taken over. Choose an adopted innovation, or name it in words."
    ),
    "INNOVATION_ORIGIN_MISSING": N_(
        "An entry of this group takes over an innovation from elsewhere. Name that one, here or in words."
    ),
    "INNOVATION_OWN": N_("Nobody decides on an innovation of his own. Let a superior or the innovation officer do it."),
    "INNOVATION_SETTLED": N_("What was adopted or closed stays as it is. Let the innovation officer correct it."),
    "INNOVATION_SHARE": N_("{share} is no share. Give more than 0 and at most 100 percent, or nothing."),
    "INNOVATION_SHARES": N_(
        "The others have {taken} percent already, {left} are left. Give a smaller share, or change theirs."
    ),
    "INNOVATION_STEP": N_(
        "This step does not follow on the one before. Look at the steps of the innovation, and take the next."
    ),
}
