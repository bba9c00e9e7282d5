"""The codes with which programmes of recognition refuse: what each means, and what to do."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "AWARDS_STAY": N_("{count} awards rest on decrees, which are kept by law. They go with the employee's own row."),
    "AWARD_AHEAD": N_("{day} lies ahead. Enter awards that were given."),
    "AWARD_DAY": N_("An award is given from the day of its decree until a year from now. Choose such a day."),
    "AWARD_FIXED": N_("This award was given here and has a certificate. Revoke it and decide anew."),
    "AWARD_REVOKED": N_("This award was revoked on {day}. Nothing is left to be done."),
    "CHECKLIST_INCOMPLETE": N_("Not everything is found right yet: {items}. Tick it off, or reject the nomination."),
    "CHECKLIST_ITEM_UNKNOWN": N_("{code} does not stand in the checklist. Use the codes {codes}."),
    "CHECKLIST_UNUSABLE": N_(
        "The checklist cannot be used. Give items with a code of their own and the texts id and en, {most} at most."
    ),
    "CONFLICT_DECLARED": N_("You declared a conflict of interest here. Leave this nomination to the others."),
    "CRITERIA_SAME": N_("These are the criteria that hold already. Change something, or leave them."),
    "CRITERIA_UNUSABLE": N_("The criteria cannot be used at {place}. Take those of a template as a pattern."),
    "EVIDENCE_TOO_MUCH": N_("This is too much evidence. Give {most} lines at most, of {longest} characters each."),
    "NOMINATED_ALREADY": N_("{name} is nominated in this round already. Tell HR what you would add."),
    "NOMINATIONS_CLOSED": N_(
        "Nominations are taken from {first} to {last}. Come back then, or ask HR for another period."
    ),
    "NOMINATIONS_END_EARLY": N_(
        "Nominations would end on {last}, before the round begins on {first}. Give a later day."
    ),
    "NOMINATION_ABOUT_YOURSELF": N_("This nomination is about yourself. Let somebody else do this."),
    "NOMINATION_BASIS": N_("In {name} nobody is nominated that way. Possible are: {kinds}."),
    "NOMINATION_NOT_SUPERIOR": N_(
        "You are not the superior of {name} today. Nominate as a colleague, or let the superior do it."
    ),
    "NOMINATION_OWN": N_("Nobody nominates themselves. Let a colleague or your superior do it."),
    "NOMINATION_STEP": N_(
        "The nomination stands at {state}: this step is not possible. Load it again to see what happened."
    ),
    "NOMINATORS_UNKNOWN": N_("Only {kinds} can nominate. Choose among these."),
    "NOMINEE_LEFT": N_("{name} does not serve any more. Choose somebody else."),
    "NOT_ELIGIBLE": N_(
        "{name} does not fulfil the criteria on this day: {findings} Decline, or wait until they are fulfilled."
    ),
    "NOT_ELIGIBLE_IN_RUN": N_("The newest run did not find {name} eligible. Look at the result, or run again."),
    "OBJECTIONS_OPEN": N_("{count} objections to this decision wait for an answer. Answer them first."),
    "OBJECTIONS_RUN": N_("Objections may be filed until {day}. Grant the award afterwards."),
    "OBJECTION_ANSWERED": N_("This objection is answered already. Nothing is left to be done."),
    "OBJECTION_LATE": N_("Objections could be filed until {day}. Turn to HR about an award that was granted."),
    "OBJECTION_TWICE": N_("You have objected to this decision already. Wait for the answer."),
    "PANEL_MEMBER_SCORED": N_("{name} has scored in this round already. Scores stay with who gave them."),
    "PANEL_MEMBER_TWICE": N_("{name} is a member of this panel already. Choose somebody else."),
    "PROGRAMME_CODE": N_("{code} is no code. Use small letters, digits and hyphens, such as teladan-bulanan."),
    "PROGRAMME_CODE_TAKEN": N_("The programme {name} has the code {code} already. Choose another code."),
    "QUOTA_REACHED": N_("{unit} has {taken} of {quota} awards of this round. Decline, or have the quota changed."),
    "REWARD_FILES_FULL": N_("There are {limit} files here already. Remove one first."),
    "REWARD_NUMBER": N_("{number} is not possible here. Give a number from {lowest} to {highest}."),
    "ROUND_CLOSED": N_("The round {name} is closed. Open a new one, or have this one opened again."),
    "ROUND_MISSING": N_("The programme {name} has no round. Open one first."),
    "ROUND_OPEN": N_("The round {name} is open already. Nothing is left to be done."),
    "ROUND_UNFINISHED": N_("{count} nominations of this round are not decided yet. Decide them, or take them back."),
    "RUN_DAY": N_("{day} is too far away. Give a day until {last}."),
    "SCORES_MISSING": N_("{given} of {needed} scores are there. Let the panel score first."),
    "SCORE_OWN_REPORT": N_("{name} is your report. Declare a conflict of interest."),
    "SCORE_OWN_UNIT": N_("{name} works in your own unit. Leave this nomination to the others."),
    "TEMPLATE_UNKNOWN": N_("There is no template {code}. Choose one of {codes}."),
}
"""By code; those that core knows as well are not repeated."""
