"""The codes of refusals of discipline."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "DATE_NEEDED": N_("{value} is no date. Give it as year-month-day."),
    "DISCIPLINE_ABSENT_DAYS": N_("The days of absence are missing. Name each day."),
    "DISCIPLINE_AUTHORITY": N_(
        "A sanction of this level is imposed by {needed} ({article}) or higher. Choose that authority."
    ),
    "DISCIPLINE_BELOW_BANDS": N_(
        "{days} days of absence in {year} mean no sanction ({article}). Wait, or dismiss the report."
    ),
    "DISCIPLINE_CALENDAR": N_(
        "The calendar has no holidays of {year}: deadlines of discipline cases may be wrong. Enter them."
    ),
    "DISCIPLINE_CLOCK_BROKEN": N_(
        "This was to be done by {due} ({article}, {days} working days since {started}) and is done on {done}."
        " Say why it does not keep to that; the reason stays with the case."
    ),
    "DISCIPLINE_DAY_LATE": N_("{day} lies after the days of the charge. Name earlier days of the year only."),
    "DISCIPLINE_DAY_TOO_EARLY": N_("{day} lies before {first}, the day of what this follows. Correct it."),
    "DISCIPLINE_DAY_TO_COME": N_("{day} is still to come. Note what was done, on the day on which it was done."),
    "DISCIPLINE_DECIDER": N_(
        "{authority} is somebody else for this case, or nobody. Name them, or choose a higher authority."
    ),
    "DISCIPLINE_DECIDER_MISSING": N_("Who decides is missing. Name the employee, or the title of whoever is none."),
    "DISCIPLINE_DECIDES_ON_SELF": N_("Nobody decides on themselves. Name somebody else."),
    "DISCIPLINE_DIFFERS": N_("The rules give {by_rule}, this is {sanction}. Say why it differs."),
    "DISCIPLINE_DIFFERS_FROM_PROPOSAL": N_("{proposed} was proposed, this is {sanction}. Say why it differs."),
    "DISCIPLINE_EXAMINATION_DAY": N_("{day} is no working day after the summons. Choose another day."),
    "DISCIPLINE_IMPACT": N_("For {article} the impact decides the level. Choose one of {impacts}."),
    "DISCIPLINE_ITEM": N_("The catalogue of the day of the act has no item {code}. Choose one of {codes}."),
    "DISCIPLINE_JOB_LATE": N_(
        "{count} decisions should be in effect. Start kinerja worker, and read the log of its jobs."
    ),
    "DISCIPLINE_JUDGMENT": N_(
        "{name} waits for a final judgment on the crime. Name the judgment, or decide otherwise."
    ),
    "DISCIPLINE_MINUTES_UNSIGNED": N_("Minutes are signed by whoever examines. Sign them first."),
    "DISCIPLINE_NOTHING_PROVED": N_(
        "At least one breach of the case is proved, others may not be. Clear the person otherwise."
    ),
    "DISCIPLINE_NOT_YET": N_(
        "The decision takes effect on {day}, the {days}th working day since receipt. Wait for that day."
    ),
    "DISCIPLINE_NO_ANSWER_DUE": N_(
        "No answer is due: it is an objection, or was answered already. Note the decision on it."
    ),
    "DISCIPLINE_NO_CHARGE": N_("Nobody is summoned without a charge. Charge the person with a breach first."),
    "DISCIPLINE_NO_REMEDY": N_("No remedy is open. File it first."),
    "DISCIPLINE_NO_REPEAT": N_(
        "No earlier sanctioned breach of this kind by the person is known there. Name one, or none."
    ),
    "DISCIPLINE_NO_SUPERIOR": N_("Nobody supervises {name} on {day}. Name who has the duty to act."),
    "DISCIPLINE_NO_TEAM": N_("For this level the direct superior examines ({article}). No team is formed."),
    "DISCIPLINE_NUMBER": N_("Nobody carries the number {number}. Correct it."),
    "DISCIPLINE_OFFICER": N_("{number} is no HR officer for discipline where the person works. Name one."),
    "DISCIPLINE_OUTSIDE_ACT": N_("The breach lies outside {first} to {last}, the days of the case. Correct the days."),
    "DISCIPLINE_OVERDUE": N_(
        "{count} steps of discipline cases are overdue. Those who deal with the cases see which; do them."
    ),
    "DISCIPLINE_PERSON_MOVED": N_(
        "{count} people under examination or remedy were moved to another unit meanwhile, which is not "
        "allowed. The teams of the cases see who; take the move back, or note why it stands."
    ),
    "DISCIPLINE_PPPK_UNVERIFIED": N_(
        "Discipline of PPPK rests on provisional rules that nobody has verified. Add your own versions of the"
        " rule sets, or set rewards.pppk_rules to local_only."
    ),
    "DISCIPLINE_REFUSAL_UNNOTED": N_("The person did not sign the minutes. Note why."),
    "DISCIPLINE_RELEASED": N_("The person is released from the post already. Nothing is to be done."),
    "DISCIPLINE_RELEASE_LEVEL": N_(
        "Only where a heavy breach is suspected is somebody released from the post. Leave it."
    ),
    "DISCIPLINE_REMEDY_OPEN": N_("A remedy is open. Note what became of it first."),
    "DISCIPLINE_REMEDY_OUTCOME": N_("This is no outcome of a remedy. Choose another one."),
    "DISCIPLINE_REMEDY_TIME": N_("Until {due} the person may file a remedy ({article}). Close the case after that."),
    "DISCIPLINE_REMEDY_TWICE": N_("A remedy was filed against this decision already. There is one for each decision."),
    "DISCIPLINE_ROW_TOO_SHORT": N_(
        "{days} working days of absence in a row are needed ({regulation}), {longest} are named."
    ),
    "DISCIPLINE_SAME_SANCTION": N_("{sanction} is the sanction already. Choose another one, or UPHELD."),
    "DISCIPLINE_SANCTION": N_("The rules of the day of the act know no sanction {sanction}. Choose one of {codes}."),
    "DISCIPLINE_STEP": N_("The case is {state}, this step does not follow. Next may be: {steps}."),
    "DISCIPLINE_STOP_STEP": N_("The stop of salary is {state}, this step does not follow. It follows on: {sources}."),
    "DISCIPLINE_STOP_TWICE": N_("These days are reported already. Go on with that report."),
    "DISCIPLINE_SUSPENDED": N_(
        "A remedy is open, and the decision waits for it (rewards.remedy_suspends_effect). Wait for it."
    ),
    "DISCIPLINE_TEAM_ELEMENT_MISSING": N_("Nobody in the team stands for {who}. Name somebody."),
    "DISCIPLINE_TEAM_EXAMINED_HIMSELF": N_("{who} is the person of the case. Name somebody else."),
    "DISCIPLINE_TEAM_LOWER": N_("{who} holds a lower post or rank than the person of the case. Name somebody else."),
    "DISCIPLINE_TEAM_MISSING": N_("A heavy breach is examined by a team ({article}). Form it first."),
    "DISCIPLINE_TEAM_NOT_ONE_CHAIR": N_("A team has one chair. Name one."),
    "DISCIPLINE_TEAM_NOT_ONE_SECRETARY": N_("A team has one secretary. Name one."),
    "DISCIPLINE_TEAM_NO_MEMBER": N_("A team has a member beside chair and secretary. Name one or more."),
    "DISCIPLINE_TEAM_TWICE": N_("{who} is in the team twice. Name each once."),
    "DISCIPLINE_TWICE": N_(
        "This breach is or was the matter of a case already. The same breach is never punished twice."
    ),
    "DISCIPLINE_STAYS": N_(
        "{count} discipline cases are kept by law (PP 94/2021). They go with the employee's own row."
    ),
}
