"""The rule sets of discipline, each for PNS (and CPNS) and for PPPK; shipped versions lie in plugins/rewards/data."""

from pathlib import Path

from core.organisation.terms import EmploymentStatus
from core.plugin_api import N_, RuleSet
from plugins.rewards.discipline.rules.contents import (
    AbsenceBands,
    Catalogue,
    PlanBands,
    Procedure,
    RuleContent,
    Sanctions,
    fault_finder,
)

_FOLDER = Path(__file__).parents[1] / "data"

BREACHES = "rewards.breaches"
SANCTIONS = "rewards.sanctions"
ABSENCE = "rewards.absence"
PLAN = "rewards.plan"
PROCEDURE = "rewards.procedure"


def kind_for(name: str, status: EmploymentStatus) -> str:
    """Return the kind of a rule set for a kind of employment; candidates (CPNS) are under the rules of PNS."""
    return f"{name}_{'pppk' if status is EmploymentStatus.PPPK else 'pns'}"


def _set(name: str, status: EmploymentStatus, title: str, content: type[RuleContent]) -> RuleSet:
    return RuleSet(kind_for(name, status), title, fault_finder(content), _FOLDER)


RULE_SETS: list[RuleSet] = [
    _set(BREACHES, EmploymentStatus.PNS, N_("Duties and prohibitions of PNS"), Catalogue),
    _set(BREACHES, EmploymentStatus.PPPK, N_("Duties and prohibitions of PPPK"), Catalogue),
    _set(SANCTIONS, EmploymentStatus.PNS, N_("Sanctions for PNS"), Sanctions),
    _set(SANCTIONS, EmploymentStatus.PPPK, N_("Sanctions for PPPK"), Sanctions),
    _set(ABSENCE, EmploymentStatus.PNS, N_("Absence of PNS and its sanction"), AbsenceBands),
    _set(ABSENCE, EmploymentStatus.PPPK, N_("Absence of PPPK and its sanction"), AbsenceBands),
    _set(PLAN, EmploymentStatus.PNS, N_("Achievement of the plan and its sanction"), PlanBands),
    _set(PROCEDURE, EmploymentStatus.PNS, N_("Procedure of discipline of PNS"), Procedure),
    _set(PROCEDURE, EmploymentStatus.PPPK, N_("Procedure of discipline of PPPK"), Procedure),
]
