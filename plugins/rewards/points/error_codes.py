"""The codes with which points refuse."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "ITEM_LIMIT": N_("Of {item} one person gets {limit} a year. Ask again next year, or for something else."),
    "ITEM_NOT_OFFERED": N_("{item} is no longer offered. Choose something else."),
    "ITEM_OUT_OF_STOCK": N_("Of {item} there are {stock} left. Ask for fewer, or for something else."),
    "NO_SUCH_MONTH": N_(
        "There is no such month. Give a year from {earliest} to {latest} and a month from 1 to 12, or none."
    ),
    "NUMBER_OUT_OF_RANGE": N_("{value} is not possible here. Give a number from {least} to {most}."),
    "OWN_POINTS": N_("These are your own points. Let another officer adjust them."),
    "OWN_REDEMPTION": N_("This is your own request. Let another officer decide on it."),
    "POINTS_LEDGER_UNBALANCED": N_(
        "{count} transactions of points do not sum up to nought. Restore the tables from a backup and tell the makers."
    ),
    "POINTS_BALANCE_DIFFERS": N_(
        "{count} accounts of points repeat another balance than their entries have. "
        "Restore the tables from a backup and tell the makers."
    ),
    "POINTS_NONE": N_("Nothing would change. Give a number other than 0."),
    "POINTS_REASON": N_("This is not done without a reason. Write why."),
    "POINTS_TOO_FEW": N_("This takes {needed} points, {balance} are there. Choose something for fewer points."),
    "POINT_CONDITION": N_(
        "The condition {name} does not fit this event or its value. See the conditions in the guide."
    ),
    "REDEMPTION_KEY": N_(
        "The key of a request has {length} characters, 1 to {limit} are allowed. Give each its own key."
    ),
    "REDEMPTION_KEY_REUSED": N_("The key {key} belongs to another request. Give each request a key of its own."),
    "REDEMPTION_STEP": N_("This request stands at {state}, so this step is not possible. Load it again."),
    "LEDGER_STAYS": N_(
        "{count} entries of the ledger of points stay, since it is proved as a whole. "
        "The name goes with the employee's own row."
    ),
}
"""Each with its text, as it is said."""
