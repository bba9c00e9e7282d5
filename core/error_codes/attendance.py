"""Codes: leave and attendance."""

from core.i18n import N_

ATTENDANCE: dict[str, str] = {
    "ABSENT_ON_LEAVE": N_("On {day} the person is on leave. Enter the absence as excused, or correct the leave first."),
    "DAY_NOT_COME": N_("{day} has not come yet. Enter what has happened."),
    "DAY_TWICE": N_("{day} is entered already for this person. Correct that entry."),
    "LEAVE_OVERLAPS": N_(
        "A leave from {first} to {last} is entered already. Choose other days, or correct that leave."
    ),
    "LEAVE_REVERSED": N_("The leave would end on {last}, before it begins on {first}. Give a later last day."),
    "LEAVE_WITHOUT_WORKING_DAY": N_(
        "From {first} to {last} there is no working day, so no leave is needed. Check the days."
    ),
    "MINUTES_OF_ABSENT": N_(
        "Minutes are only counted of somebody who was there. Set them to 0, or the state to present."
    ),
    "MINUTES_OUT_OF_RANGE": N_("{minutes} minutes do not fit into a day. Give 0 to {longest}."),
    "NOT_A_WORKING_DAY": N_(
        "Nobody had to work on {day}, so nobody was absent. Check the day, or the calendar of holidays."
    ),
}
