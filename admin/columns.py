"""Columns that many views share."""

from admin.views import Shown
from core.i18n import N_

STAMPS = (
    Shown("created_at", N_("Entered at"), is_listed=False),
    Shown("updated_at", N_("Last changed at"), is_listed=False),
)
"""When a row was entered and last changed."""

VALIDITY = (Shown("valid_from", N_("From")), Shown("valid_to", N_("Until")))
"""The first and the last day on which a row holds."""
