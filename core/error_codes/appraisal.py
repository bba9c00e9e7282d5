"""Codes: evaluations, calibration and objections."""

from core.i18n import N_

APPRAISAL: dict[str, str] = {
    "BAD_OUTCOME": N_("A decision is UPHELD or CHANGED. Choose one of them."),
    "CALIBRATION_CLOSED": N_("The calibration session is closed. Start a new one."),
    "CANNOT_REOPEN": N_(
        "Only a final evaluation without an objection can be re-opened; its state is {state}. An objection "
        "is decided by the evaluator's superior, and that decision is final."
    ),
    "DECISION_IS_FINAL": N_("The objection was decided on {day}, and that decision is final. There is no second one."),
    "DISTRIBUTION_REASON_MISSING": N_(
        "The ratings differ from the distribution pattern of the unit. Give the reason, or change the ratings."
    ),
    "EVALUATION_IS_FINAL": N_("The evaluation is final. Ask an HR administrator to re-open it, with a reason."),
    "EVALUATOR_NOT_HEARD": N_("Both sides are heard before the decision. Note what the evaluator says."),
    "NOTHING_CHANGED": N_("The ratings are those that the evaluation has. Give another one."),
    "NOTHING_GIVEN": N_("Neither a rating nor a note is given. Give at least one."),
    "NOTHING_TO_ACKNOWLEDGE": N_(
        "Only a final evaluation that is not acknowledged yet can be acknowledged. Its state is {state}."
    ),
    "NOT_FINAL": N_("Only a final evaluation can be objected to. Wait until it is final."),
    "NOT_IN_THIS_SESSION": N_("The evaluation is of another unit or span than the session. Choose one of {unit}."),
    "NOT_RATED": N_("Results and behaviour are not both rated yet. Rate them first."),
    "NOT_UNDER_THIS_LEADER": N_(
        "{employee} has no plan under the leader of this unit at the end of the span. Leave the line out."
    ),
    "NUMERIC_SCALE_IN_FORCE": N_(
        "On {day} the numeric scale of {regulation} was in force, not the matrix of predicates. Keep the "
        "result that was given then instead of evaluating again."
    ),
    "OBJECTION_ALREADY_FILED": N_("An objection was filed on {day} and waits for its decision. Wait for it."),
    "OBJECTION_NO_EVALUATOR": N_(
        "The evaluation names no evaluator, so nobody can hear the objection. Ask your HR office to name one."
    ),
    "OBJECTION_NO_SUPERIOR": N_(
        "{evaluator} has no superior on {day} who could hear the objection ({gap}). Ask your HR office to "
        "name a superior or an acting one (Plt/Plh), then file again in time."
    ),
    "OBJECTION_TOO_LATE": N_(
        "The result was received on {received} and an objection was possible until {due} ({regulation}). "
        "Talk to your evaluator or your HR office."
    ),
    "ONE_SUBJECT": N_("It is not clear what to rate. Name either the evaluation, or the plan with its window."),
    "ORGANIZATION_PERFORMANCE_IN_USE": N_(
        "{count} final evaluations rest on the performance of {unit}. Re-open them first, then set it again."
    ),
    "ORGANIZATION_PERFORMANCE_MISSING": N_(
        "The performance of {unit} in {span} is not set, and it comes before the predicate. Let the leader "
        "one level above the unit set it first."
    ),
    "PERIOD_NOT_OPEN": N_("The period {period} is not open yet. Ask your HR office to open it."),
    "PLAN_NOT_APPROVED": N_("The plan is not approved yet. Have the evaluator approve it first."),
    "PLAN_OUTSIDE_SPAN": N_("The plan does not hold on any day of {span}. Choose a window that it covers."),
    "RATINGS_NOT_WANTED": N_("An evaluation that stands takes no new ratings. Leave them out, or decide CHANGED."),
    "REASON_MISSING": N_("This is done for a reason only. Give it."),
    "RESULT_RATING_IS_THE_UNITS": N_(
        "The rating of results of the head of {unit} follows from the unit's performance and is {rating}. "
        "Leave it out, or let the unit's performance be set again."
    ),
    "TEXT_MISSING": N_("This must not be empty. Fill it in."),
    "VERSION_MISSING": N_("The evaluation exists already. Load it and name the version that you saw."),
    "WINDOW_OF_ANOTHER_PERIOD": N_("{window} is no part of the period {period}. Choose one of its own windows."),
    "DECIDER_IS_RIGHT": N_(
        "The objection is with the one who is to hear it today. Ask for the decision, or leave it there."
    ),
    "DECIDER_RATED_IT": N_(
        "You gave this rating, so you cannot judge an objection to it. Let your HR office hand it on."
    ),
}
