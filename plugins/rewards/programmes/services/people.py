"""What programmes hold about an employee, told to the employee, and erased where that may be."""

from core.organisation.models import Employee
from core.plugin_api import N_, Context, PersonalData, Problem, unit_of_work
from plugins.rewards.programmes.models import (
    Award,
    EligibilityResult,
    EligibilityRun,
    Nomination,
    RewardProgramme,
    RewardRound,
)
from plugins.rewards.programmes.rules.texts import sentence
from plugins.rewards.programmes.terms import NominationState


def data_of(employee: Employee) -> list[PersonalData]:
    """Return the awards, nominations and eligibility results of an employee."""
    awards = Award.select().where(Award.employee == employee.id).order_by(Award.awarded_on, Award.id)
    nominations = (
        Nomination.select(Nomination, RewardRound, RewardProgramme)
        .join(RewardRound)
        .join(RewardProgramme)
        .where(Nomination.employee == employee.id)
        .order_by(Nomination.id)
    )
    results = (
        EligibilityResult.select(EligibilityResult, EligibilityRun, RewardRound, RewardProgramme)
        .join(EligibilityRun)
        .join(RewardRound)
        .join(RewardProgramme)
        .where(EligibilityResult.employee == employee.id)
        .order_by(EligibilityResult.id)
    )
    return [
        PersonalData(
            N_("Awards"),
            [
                {
                    "title": row.title,
                    "kind": row.kind.value,
                    "awarded_on": row.awarded_on.isoformat(),
                    "decree_number": row.decree_number,
                    "state": row.state.value,
                    "revoked_reason": row.revoked_reason,
                }
                for row in awards
            ],
        ),
        PersonalData(
            N_("Nominations"),
            [
                {
                    "programme": row.round.programme.name,
                    "round": row.round.name,
                    "nominated_on": row.nominated_on.isoformat(),
                    "state": row.state.value,
                    "statement": row.statement,
                    "reason": row.reason,
                }
                for row in nominations
            ],
        ),
        PersonalData(
            N_("Eligibility results"),
            [
                {
                    "programme": row.run.round.programme.name,
                    "as_of": row.run.as_of.isoformat(),
                    "eligible": row.is_eligible,
                    "why": " ".join(sentence(one, "id") for one in row.findings),
                    "confidential": row.confidential,
                }
                for row in results
            ],
        ),
    ]


def erase(ctx: Context, employee: Employee) -> list[Problem]:
    """Delete results and unsuccessful nominations of an employee; awards and their decrees stay by law."""
    gone = [NominationState.REJECTED, NominationState.DECLINED, NominationState.WITHDRAWN]
    with unit_of_work(ctx) as work:
        for row in list(Nomination.select().where((Nomination.employee == employee.id) & Nomination.state.in_(gone))):
            work.delete(row)
        EligibilityResult.delete().where(EligibilityResult.employee == employee.id).execute()
    count = Award.select().where(Award.employee == employee.id).count()
    if not count:
        return []
    text = N_("{count} awards rest on decrees, which are kept by law. They go with the employee's own row.")
    return [Problem("AWARDS_STAY", text, (), {"count": count})]
