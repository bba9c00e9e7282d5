"""The codes with which simulations of the allowance refuse."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "ALLOWANCE_EXAMPLE": N_("There is no example {code}. Choose one of the list."),
    "ALLOWANCE_TOO_MANY": N_("{unit} has more than {most} people. Simulate the units below it."),
}
"""Each with its text, as it is said."""
