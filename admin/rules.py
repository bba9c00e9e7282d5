"""Back office: rule sets and holidays."""

from collections.abc import Sequence
from typing import Any

from admin.blocks import Block
from admin.columns import STAMPS, VALIDITY
from admin.readable import json_blocks
from admin.show import term
from admin.views import ScopedView, Shown
from core.law.models import RuleVersion
from core.plugin_api import N_, AdminView
from core.workdays.models import Holiday


class RuleVersionView(ScopedView):
    """Every version of every rule set."""

    group = N_("Rules")
    order = ("kind", False)
    columns = (
        Shown("kind", N_("Rule set"), is_searched=True, write=term),
        Shown("revision", N_("Revision")),
        Shown("regulation", N_("Regulation"), is_searched=True),
        *VALIDITY,
        Shown("confidence", N_("Confidence"), is_listed=False),
        Shown("source", N_("Source"), is_listed=False),
        Shown("content", N_("Content"), is_listed=False, is_raw=True),
        *STAMPS,
    )

    def blocks(self, row: Any) -> Sequence[Block]:
        """Show the rules themselves."""
        return json_blocks(N_("Content"), row.content)


class HolidayView(ScopedView):
    """Days on which nobody works."""

    group = N_("Rules")
    order = ("day", True)
    columns = (
        Shown("name", N_("Name"), is_searched=True),
        Shown("day", N_("Day")),
        Shown("kind", N_("Kind")),
        Shown("source", N_("Source")),
        *STAMPS,
    )


VIEWS = [
    AdminView("holiday", lambda: HolidayView(Holiday, N_("Holidays"), "holiday")),
    AdminView("rule_version", lambda: RuleVersionView(RuleVersion, N_("Rule sets"), "rule_version")),
]
