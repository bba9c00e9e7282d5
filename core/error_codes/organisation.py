"""Codes: units, positions, employees and days."""

from core.i18n import N_

ORGANISATION: dict[str, str] = {
    "ASSIGNMENT_BEGUN": N_("This assignment began on {first}. End it with its last day instead."),
    "ASSIGNMENT_TWICE": N_("The employee holds this position from {first} to {last} already. Choose other days."),
    "BIRTH_DATE_IN_FUTURE": N_("The date of birth {day} is still to come. Correct it."),
    "DATE_IN_FUTURE": N_("{day} is still to come. Give a date up to {today}."),
    "DATE_TOO_EARLY": N_("The unit was created or changed later than that. Give a day from {earliest} on."),
    "DELEGATE_IS_SELF": N_("Nobody can delegate to themselves. Choose somebody else."),
    "DELEGATION_BEGUN": N_("This delegation began on {first}. End it with its last day instead."),
    "DELEGATION_OVERLAPS": N_(
        "{name} has this delegation from {first} to {last}. End it before, or choose other days."
    ),
    "EMPLOYEE_LEFT": N_("The employee no longer serves on that day. Choose somebody else or another day."),
    "EMPLOYEE_STILL_NEEDED": N_(
        "After {day} the employee still appears in {assignments} assignments (own, or as named superior) "
        "and {delegations} delegations. End these first."
    ),
    "ENDED_ALREADY": N_("This ends on {last} already. Give an earlier day, or enter the time after that anew."),
    "GRADE_OF_OTHER_STATUS": N_(
        "The grade {code} is one of {employment}, the status is {status}. Choose a grade of that list."
    ),
    "HOLIDAY_TWICE": N_("{name} on {day} is entered already. Change that entry, or choose another day or name."),
    "JOB_CLASS_UNKNOWN": N_("{job_class} is no job class. Give a class from 1 to {highest}."),
    "LEAVING_INCOMPLETE": N_("The state LEFT and the day of leaving go together. Give both or neither."),
    "NUMBER_BIRTH_DATE_DIFFERS": N_("Digits 1-8 of {number} are not the date of birth given. Check both."),
    "NUMBER_BIRTH_DATE_INVALID": N_("Digits 1-8 of {number} are no date of birth (YYYYMMDD). Correct them."),
    "NUMBER_BIRTH_DATE_IN_FUTURE": N_("Digits 1-8 of {number} are a date of birth still to come. Correct them."),
    "NUMBER_MONTH_INVALID": N_(
        "Digits 13-14 of {number} are neither a month (01-12, NIP) nor a contract (21-29, NI PPPK). Correct them."
    ),
    "NUMBER_IS_PRESENT": N_("{number} is the present number. Correct it at the employee."),
    "NUMBER_MALFORMED": N_(
        "{number} has not the {digits} digits of such a number. Type all digits, or choose another kind."
    ),
    "NUMBER_NOT_18_DIGITS": N_("{number} has not the 18 digits of a NIP or NI PPPK. Type all digits, no letters."),
    "NUMBER_OF_PPPK_ON_PNS": N_("{number} is a number of a PPPK (NI PPPK). Give the NIP, or correct the status."),
    "NUMBER_SERIAL_INVALID": N_("The serial, digits 16-18 of {number}, is 000. Give one from 001 to 999."),
    "NUMBER_SEX_DIFFERS": N_("Digit 15 of {number} does not fit the sex given. Check both."),
    "NUMBER_SEX_INVALID": N_("Digit 15 of {number} is neither 1 (male) nor 2 (female). Correct it."),
    "NUMBER_START_IN_FUTURE": N_("The appointment in {number} is still to come. Check the number."),
    "NUMBER_STATUS_DIFFERS": N_("{number} is a NIP of a PNS, the status is PPPK. Check both."),
    "NUMBER_TAKEN": N_("Another employee has or had the number {number}. Check it, or look for that employee."),
    "NUMBER_YEAR_IMPLAUSIBLE": N_("The year of appointment in {number} is implausible. Check the number."),
    "OUTSIDE_POSITION": N_(
        "The position exists from {first} to {last} only. Choose another position or days within that."
    ),
    "OUTSIDE_UNIT": N_(
        "The unit “{name}” exists from {first} to {last} only. Choose another unit or days within that."
    ),
    "PERIOD_REVERSED": N_("A last day lies before the first one. Give a later last day, or none."),
    "POSITION_CODE_TAKEN": N_(
        "The position “{title}” has the code {code} already. Choose another code, or change that position."
    ),
    "POSITION_HELD": N_("Somebody has held this position. Close it and create another one instead."),
    "POSITION_HELD_AFTER": N_("{people} people hold this position after {day}. End their assignments first."),
    "PRIMARY_OVERLAPS": N_(
        "The employee has the primary assignment “{title}” from {first} to {last}. End it before {day}, let "
        "this one end it (endsPrevious), or enter this one as not primary."
    ),
    "SUPERIOR_IS_SELF": N_("Nobody is their own superior. Name somebody else, or nobody."),
    "TEXT_INVALID": N_("This holds a character that cannot be stored. Type it again without it."),
    "TEXT_TOO_LONG": N_("This is longer than {longest} characters. Shorten it."),
    "UNIT_CLOSED": N_("The unit “{name}” was closed on {day}. Choose a unit that is open."),
    "UNIT_CODE_TAKEN": N_("The unit “{name}” has the code {code} already. Choose another code, or change that unit."),
    "UNIT_CYCLE": N_(
        "“{above}” lies below “{unit}” or is the same. Choose a unit outside it, or move that one out first."
    ),
    "UNIT_HAS_HEAD": N_(
        "{name} heads this unit from {first} to {last}. End that assignment before {day}, or enter this one "
        "as acting (PLT, PLH)."
    ),
    "UNIT_NOT_EMPTY": N_(
        "After {day} this unit still has {people} people, {positions} positions and {children} units below "
        "it. End or move them, or merge the unit into a successor."
    ),
    "UNIT_TOO_DEEP": N_("The tree of units has room for {deepest} levels. Choose a higher unit."),
}
