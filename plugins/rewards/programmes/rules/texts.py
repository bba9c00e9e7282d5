"""The sentences that say why somebody fulfils a criterion or not, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from babel.dates import format_date

from core.appraisal.terms import PREDICATE_TERMS, Predicate
from core.plugin_api import N_, translate

_DAYS = frozenset({"first", "last", "since", "as_of", "full_on"})
_TERMS = frozenset({"levels", "leaves", "statuses"})
_EVER = "1900-01-01"

TEXTS: dict[str, str] = {
    "EMPLOYMENT_MET": N_("Is employed as {status}."),
    "EMPLOYMENT_OTHER": N_("Is employed as {status}; the programme is for {statuses}."),
    "START_UNKNOWN": N_(
        "It is not known when the service began: the number carries no first month and no first day is recorded. "
        "Record the first day of service."
    ),
    "SERVICE_INTERRUPTED": N_("The service is interrupted on this day, so no years are counted."),
    "SERVICE_LONG": N_("Has served {years} years and {days} days since {since}; {wanted} years are needed."),
    "SERVICE_SHORT": N_(
        "Has served {years} years and {days} days since {since}; {wanted} years are needed and are full on {full_on}."
    ),
    "SANCTION_NONE": N_("No sanction ({levels}) was in effect from {first} to {last}."),
    "SANCTION_STANDS": N_(
        "A disciplinary record ({levels}) stands against it from {first} to {last}; the person can read which."
    ),
    "LEAVE_NONE": N_("No leave ({leaves}) was taken from {first} to {last}."),
    "LEAVE_TAKEN": N_("{count} leaves ({leaves}) were taken from {first} to {last}."),
    "STREAK_LONG": N_("The latest {count} annual predicates in a row are {at_least} or better; {wanted} are needed."),
    "STREAK_SHORT": N_(
        "Only the latest {count} annual predicates in a row are {at_least} or better; {wanted} are needed."
    ),
    "STREAK_NONE": N_("There is no final annual predicate yet; {wanted} of {at_least} or better are needed."),
    "INNOVATION_ENOUGH": N_("{count} innovations were adopted from {first} to {last}; {wanted} are needed."),
    "INNOVATION_FEW": N_("Only {count} innovations were adopted from {first} to {last}; {wanted} are needed."),
    "FACT_WITHIN": N_("{fact} was {value} from {first} to {last} ({cases} cases), as asked for: {bound}."),
    "FACT_BEYOND": N_("{fact} was {value} from {first} to {last} ({cases} cases); asked for is {bound}."),
    "FACT_ABSENT": N_(
        "{fact} cannot be measured, since the plugin {plugin} is not there. Switch it on and run again; until then "
        "nobody fulfils this."
    ),
    "FACT_WITHOUT_CASES": N_("{fact} has no cases from {first} to {last}, so {bound} cannot be told."),
    "FACT_NOT_ASKED": N_("{fact} was not measured, since another criterion is not fulfilled."),
    "AWARD_NONE": N_("Has no award of this programme from {first} to {last}."),
    "AWARD_HELD": N_("Has an award of this programme from {first} to {last} already."),
}
"""By the code of a finding."""

TERMS: dict[str, str] = {
    "LIGHT": N_("light"),
    "MEDIUM": N_("medium"),
    "HEAVY": N_("heavy"),
    "ANNUAL": N_("annual leave"),
    "LONG": N_("long leave"),
    "SICK": N_("sick leave"),
    "MATERNITY": N_("maternity leave"),
    "IMPORTANT_REASON": N_("leave for an important reason"),
    "COLLECTIVE": N_("collective leave"),
    "UNPAID": N_("unpaid leave"),
}
"""Terms of criteria in words; the kinds of employment are the same in every language."""


def sentence(finding: Mapping[str, Any], language: str) -> str:
    """Return a stored finding as a sentence in a language (`id` or `en`)."""
    values = {name: _shown(name, value, language) for name, value in finding["values"].items()}
    return translate(TEXTS[finding["code"]], language).format(**values)


def _shown(name: str, value: Any, language: str) -> Any:
    if name == "first" and value == _EVER:
        return translate(N_("the beginning"), language)
    if name in _DAYS:
        # Day before month in both languages, as everybody here writes it.
        return format_date(date.fromisoformat(value), "long", locale={"en": "en_GB"}.get(language, language))
    if name in _TERMS:
        return ", ".join(translate(TERMS.get(one, one), language) for one in value)
    return PREDICATE_TERMS[Predicate(value)] if name == "at_least" else value
