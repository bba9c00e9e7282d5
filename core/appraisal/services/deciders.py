"""Who hears an objection: the evaluator's superior, or whoever stands above a superior who rated it himself."""

from datetime import date

from core.appraisal.models import Evaluation
from core.errors import refuse
from core.i18n import N_
from core.organisation.models import Employee, ReportingLine
from core.organisation.scope import holds_on, superior_on


def decider_on(evaluation: Evaluation, day: date, *path: str) -> int:
    """Return the id of the employee who hears an objection on `day`; refused at `path` where nobody can.

    A superior who gave the rating, as Plt, Plh or delegate of the evaluator, does not judge over it.
    """
    evaluator: Employee | None = evaluation.evaluator
    if evaluator is None:
        raise refuse(
            "OBJECTION_NO_EVALUATOR",
            N_("The evaluation names no evaluator, so nobody can hear the objection. Ask your HR office to name one."),
            *path,
        )
    raters = raters_of(evaluation)
    below = evaluator.id
    passed = {below}
    while (superior := superior_on(below, day)) in raters and superior not in passed:
        assert superior is not None  # noqa: S101 - a rater is somebody
        passed.add(superior)
        below = superior
    if superior is not None and superior not in {*passed, evaluation.employee_id}:
        return superior
    gap = (
        ReportingLine.select(ReportingLine.gap)
        .where((ReportingLine.employee == below) & holds_on(ReportingLine, day))
        .scalar()
    )
    raise refuse(
        "OBJECTION_NO_SUPERIOR",
        N_(
            "{evaluator} has no superior on {day} who could hear the objection ({gap}). "
            "Ask your HR office to name a superior or an acting one (Plt/Plh), then file again in time."
        ),
        *path,
        evaluator=evaluator.name if below == evaluator.id else Employee.get_by_id(below).name,
        day=day.isoformat(),
        gap=gap.value if gap else "NO_ASSIGNMENT",
    )


def raters_of(evaluation: Evaluation) -> set[int]:
    """Return the ids of those who answer for the rating: the evaluator and whoever made it final."""
    noted = (evaluation.explanation or {}).get("inputs", {}).get("finalised_by_id")
    return {key for key in (evaluation.evaluator_id, noted) if key is not None}
