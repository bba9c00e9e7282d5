"""Codes: facts of plugins as the source of indicators."""

from core.i18n import N_

FACTS: dict[str, str] = {
    "COMMENT_MISSING": N_("No comment is given. Say why the value is rejected; the employee reads it."),
    "COMMENT_TOO_LONG": N_("The comment has {length} characters, {limit} are allowed. Shorten it."),
    "FACT_BOUND": N_("This indicator is bound to {fact} already. Unbind that first."),
    "FACT_COUNTED": N_(
        "Cases from {first} to {last} were accepted already and would count twice. Have that progress removed first."
    ),
    "FACT_DECIDED": N_("This value was decided on already. Measure again if it has changed."),
    "FACT_FAILED": N_(
        "The plugin {plugin} could not measure {fact}. Try again; if it stays so, tell who runs the system."
    ),
    "FACT_NOT_BOUND": N_("This indicator takes its value from no fact. Bind it to one while the plan takes changes."),
    "FACT_NO_CASES": N_(
        "There are no cases of “{title}” from {first} to {last}, so there is no value. Choose other days."
    ),
    "FACT_NO_WINDOW": N_("The window has no day of the plan up to today. Choose another one, or wait until it begins."),
    "FACT_SOURCE_OFF": N_(
        "The source of “{title}” is off: no plugin that is on offers {fact}. Have the plugin {plugin} switched on."
    ),
    "FACT_UNKNOWN": N_("No plugin that is on offers the fact {fact}. Choose one of those offered, or switch it on."),
    "FACT_WRONG_SUBJECT": N_("The fact is about the other kind of subject. Bind it to the unit or the employee."),
    "PROGRESS_FROM_FACT": N_(
        "This comes from an accepted fact and stays as it was measured. Remove the record, or measure again."
    ),
}
