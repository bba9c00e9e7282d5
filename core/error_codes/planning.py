"""Codes: periods, templates and plans."""

from core.i18n import N_

PLANNING: dict[str, str] = {
    "AMOUNT_INVALID": N_("This is not a number. Give a number such as 12.5."),
    "AMOUNT_TOO_PRECISE": N_("A number has {digits} digits at most, {decimals} of them after the point. Round it."),
    "BAD_CONTENT": N_("This is no content of a plan. Take the content of another template as a pattern."),
    "CODE_TAKEN": N_("The code {code} is taken. Choose another one."),
    "DATE_OUTSIDE_PERIOD": N_("{day} lies outside the period. Give a day from {starts_on} to {ends_on}."),
    "DATE_OUTSIDE_PLAN": N_(
        "{day} lies outside the plan, which runs from {first} to {last}. Give a date in that span."
    ),
    "DEADLINE_OUTSIDE_PERIOD": N_("Plans are agreed within the period. Give a day from {starts_on} to {ends_on}."),
    "EMPLOYEE_REQUIRED": N_("Your account belongs to no employee. Name the employee."),
    "EMPTY": N_("This must not be empty. Fill it in."),
    "ENDS_BEFORE_START": N_("The last day {ends_on} lies before the first day {starts_on}. Give a later last day."),
    "EVALUATION_BEFORE_END": N_("The annual evaluation follows the period. Give a day after {ends_on}."),
    "EVALUATOR_MISSING": N_("Nobody supervises the employee. Ask your HR office to name the evaluator of this plan."),
    "INDICATOR_MISSING": N_("A quantitative plan measures each result. Add an indicator with a target."),
    "IN_USE": N_("Progress was already reported for “{statement}”. Keep it in the plan and change its target."),
    "LINK_LOOP": N_("The work result would support itself in a circle. Choose a result of the superior's plan."),
    "NOTE_REQUIRED": N_("The holder must know what to change. Write a note."),
    "NOT_MOVED": N_("The employee holds no other position on {day}. Record the new assignment first."),
    "NO_POSITION": N_(
        "The employee holds no position on {day}. Record the assignment first, or choose another first day."
    ),
    "NO_WORK_RESULTS": N_("The plan has no work results. Add at least one before you submit it."),
    "ONLY_ADDITIONAL": N_("All work results are additional, so that no main task is planned. Add a main work result."),
    "OWN_EVALUATOR": N_("Nobody evaluates himself. Choose the superior."),
    "PARENT_NOT_SUPERIOR": N_(
        "The work result belongs to nobody who evaluates this plan. Choose one of the evaluator's plan."
    ),
    "PARENT_OTHER_PERIOD": N_("The superior's work result belongs to another period. Choose one of the same period."),
    "PERIOD_CLOSED": N_("The period is closed and takes no changes. Ask your HR office to open it again."),
    "PERIOD_OVERLAPS": N_("The days overlap with the period {code}. Choose days outside it."),
    "PERIOD_STATE": N_("The period is not in the state that this needs. Open or close it first."),
    "PERIOD_TOO_LONG": N_("A period lasts a year at most. Give a last day before {limit}."),
    "PERSPECTIVE_MISSING": N_("A senior executive's results stand under one of the four perspectives. Choose one."),
    "PERSPECTIVE_NOT_ALLOWED": N_("Only senior executives group results by perspective. Leave the perspective out."),
    "PLAN_EXISTS": N_(
        "The employee has a plan from {starts_on} to {ends_on}. Change that one, or choose days outside it."
    ),
    "PLAN_NOT_EDITABLE": N_("A plan in the state {state} does not change. Have it returned, or revise it first."),
    "PLAN_STATE": N_("The plan is in the state {state}. This is possible only in: {states}."),
    "REASON_REQUIRED": N_("This is done for a reason only. Give it."),
    "RELEASE_DATE_MISSING": N_(
        "An indicator of the pattern RELEASE needs the day on which its value is published. Give it."
    ),
    "RELEASE_NOT_EXPECTED": N_(
        "Only an indicator of the pattern RELEASE has a release date. Leave it out or change the pattern."
    ),
    "RELEASE_OUTSIDE_PERIOD": N_(
        "The release on {day} comes too early or too late. Give a day from {first} to {last}."
    ),
    "SUCCESS_MEASURE_MISSING": N_("A qualitative plan says for each result what success is. Describe it."),
    "TARGET_HALF_GIVEN": N_("A target has a lower and an upper bound. Give both; for a single value give it twice."),
    "TARGET_MISSING": N_("It is not said what this is about or what it is to reach. Name the target."),
    "TARGET_REVERSED": N_("The lower bound {low} is greater than the upper bound {high}. Exchange them."),
    "UNKNOWN_POSITION_KIND": N_("There is no kind of position {code}. Use a code that the list of kinds has."),
    "WINDOWS_OVERLAP": N_(
        "{name} runs from {first} to {last} and would overlap. Shorten that one first, or choose other days."
    ),
    "WINDOW_HAS_BEGUN": N_(
        "This day has come already, and evaluations rest on it. Leave it as it is, or give a later day."
    ),
}
