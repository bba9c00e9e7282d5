"""Settings of discipline: what the sources leave open, each with a default and what is known of it."""

from typing import Literal

from pydantic import Field

from core.plugin_api import SettingsModel


class DisciplineSettings(SettingsModel):
    """How discipline works in this institution where the law, or what is known of it, leaves it open."""

    medium_sanctions: Literal["substitute", "allowance_cut"] = Field(
        "substitute",
        description="Medium sanctions of PP 94/2021: substitute imposes the former ones while Pasal 42 lasts, "
        "allowance_cut the cut of 25 %. Sources disagree on practice: let your HR lawyer choose.",
    )
    summons_interval: Literal["at_most", "at_least"] = Field(
        "at_most",
        description="Whether the days of PP 94/2021 Pasal 26(2) between summons and examination are the most or the "
        "least. Sources disagree.",
    )
    superior_acts_days: int = Field(
        7,
        ge=1,
        le=90,
        description="Working days in which a superior takes up or dismisses a report (1-90). The law names no number.",
    )
    pppk_rules: Literal["shipped", "local_only"] = Field(
        "shipped",
        description="Rules for PPPK: shipped takes the provisional ones of the program, which nobody has verified; "
        "local_only refuses cases until the institution has added its own versions.",
    )
    remedy_suspends_effect: bool = Field(
        False,
        description="Whether a decision waits with its effect while an objection or appeal is open. Unverified for "
        "PP 79/2021; UU 30/2014 Pasal 75 says no.",
    )
