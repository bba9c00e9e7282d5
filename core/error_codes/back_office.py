"""Codes: the bin, bulk runs and changes that wait for a second person."""

from core.i18n import N_

BACK_OFFICE: dict[str, str] = {
    "APPROVAL_NEEDED": N_(
        "A change of {field} needs a second person. Request it in the back office; another approves it there."
    ),
    "ARCHIVE_DEPENDENT": N_(
        "{dependent} refers to {subject}, so it cannot go into the bin. Change or archive that first."
    ),
    "ARCHIVE_PLUGIN_OFF": N_("The plugin {plugin} is off and holds rows about this. Switch it on, then archive again."),
    "BIN_PLUGIN_OFF": N_("The plugin {plugin} is off, and this holds rows of it. Switch it on, then restore again."),
    "FIELD_NOT_HELD": N_("This change holds no {field}. Choose one of the fields that it shows."),
    "GUARD_UNKNOWN": N_(
        "The setting {setting} names {name}, which is no table or field. Remove it, or switch on its plugin."
    ),
    "NOTE_MISSING": N_("Who asked must learn why. Write a note."),
    "NOT_ARCHIVABLE": N_("{label} is kept and does not go into the bin. Close or correct it instead."),
    "NOT_BULK": N_("This is done row by row. Open each row and do it there."),
    "NOT_IN_BIN": N_("This is not in the bin any more. Look for it in its list."),
    "NO_ROWS": N_("No row is chosen. Choose at least one."),
    "OWN_REQUEST": N_("Nobody decides on what he asked for himself. Leave it to another."),
    "REASON_NEEDED": N_("A change of {field} needs a reason. Write why you make it."),
    "RECORD_GONE": N_("The record itself is gone, so no field of it can be restored. Bring the record back first."),
    "REQUESTER_GONE": N_(
        "The account of {name} is closed, so nothing is done in that name. Reject this, and do it yourself."
    ),
    "REQUEST_DECIDED": N_("This was decided or withdrawn before. Look at its outcome."),
    "REQUEST_SECRET": N_(
        "A password is kept nowhere, so this cannot wait for a second person. Leave the password out, or ask "
        "your administrator."
    ),
    "ROW_FAILED": N_("The change failed by a fault of the program. Tell your administrator the number of this run."),
    "RUN_ACCOUNT_CLOSED": N_("The account of {name} was closed, so the run stopped. Have somebody else start it anew."),
    "RUN_ENDED": N_("This run has ended. There is nothing left to stop."),
    "RUN_NOT_UNDOABLE": N_("Only a run that has ended can be undone, and only once. Wait, or stop it first."),
    "UNDO_BEYOND": N_(
        "This change touched records that are not yours to restore. Restore those of your unit one by one."
    ),
    "BAD_CHOICE": N_("{value} is none of the choices. Choose one of the list."),
    "NOT_CONFIRMED": N_("This is not confirmed yet. Tick the box at the end of the form."),
    "NO_FIELDS": N_("No field is to be changed. Tick at least one."),
    "ROWS_CHANGED": N_("The filter finds other rows now than before. Look at their number, then confirm again."),
}
