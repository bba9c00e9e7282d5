"""Codes: history, rules of the law and keys of repeated requests."""

from core.i18n import N_

RECORDS: dict[str, str] = {
    "BAD_CONFIDENCE": N_("{value} is no confidence. Use H, M or L."),
    "BAD_RULE_CONTENT": N_("The content of the rule is not usable at {place}. Take the version in force as a pattern."),
    "CERTIFICATE_REVOKED": N_("This certificate was revoked already. Nothing is left to be done."),
    "CHANGED_LATER": N_(
        "{subject} was changed since ({at}), so this cannot be undone. Undo or keep that change first."
    ),
    "FILTER_NAME_TAKEN": N_("You have another filter of the name {name} here. Choose another name."),
    "KEY_INVALID": N_("The idempotency key has {length} characters. Give 1 to {limit}, a new one for each batch."),
    "KEY_REUSED": N_("This idempotency key was used for another request. Give a new key for each batch."),
    "NOT_RESTORABLE": N_("{type} is not brought back from the history. Make the change that you want there itself."),
    "NO_RULE_IN_FORCE": N_(
        "No version of the rule set {kind} is in force on {day}. Check the date, or let an HR administrator "
        "add the version that held on that day."
    ),
    "RESTORE_CLASH": N_("{other} has the same {columns} now. Change that first."),
    "RESTORE_DEPENDENT": N_("{dependent} refers to {subject}, so it cannot be taken away. Change that first."),
    "RESTORE_MISSING": N_("{missing}, to which this state refers ({column}), is gone. Bring that back first."),
    "RESTORE_TREE": N_(
        "This state has the unit under another name, place or time. Rename, move or close the unit instead."
    ),
    "RULE_FILE_UNUSABLE": N_(
        "The rule file {file} is not usable at: {fault}. Correct it; the files beside it show the form."
    ),
    "RULE_OVERLAP": N_(
        "Revision {revision} holds from {first} to {last} and would overlap. Choose days that no other version covers."
    ),
    "RULE_VERSION_CHANGED": N_(
        "The file {file} changes {fields} of the rule set {kind}, revision {revision}, which decisions may "
        "have used. Give the change a new revision in a new file and restore this one."
    ),
    "UNKNOWN_RULE_KIND": N_("There is no rule set {kind}. Use the kind of an existing rule set."),
}
