"""Codes: progress, evidence, feedback and dialogues."""

from core.i18n import N_

PROGRESS: dict[str, str] = {
    "ALREADY_ANSWERED": N_("You have answered this request already. Give further feedback without naming the request."),
    "BAD_DAYS": N_("{days} days are no span. Give 1 or more."),
    "BATCH_SIZE": N_("The batch has {number} rows. Give 1 to {limit}; send more in several batches."),
    "DATES_REVERSED": N_("The last day lies before the first. Correct one of them."),
    "DATE_IN_PAST": N_("The round would be over already on {last}. Give a closing date from {today} on."),
    "EVIDENCE_FULL": N_("The record has {limit} pieces of evidence already. Remove one, or make another record."),
    "FEEDBACK_ON_ONESELF": N_("Feedback on oneself is not taken. Write a progress record instead."),
    "FILE_EMPTY": N_("The file is empty. Choose another one."),
    "FILE_MISSING": N_(
        "No file has arrived. Send multipart/form-data with the fields progressRecordId, file and title."
    ),
    "FILE_NAME_LIES": N_(
        "The name ends in {extension}, but the content is {kind}. Rename the file to end in {expected}."
    ),
    "FILE_TOO_LARGE": N_("The file is larger than allowed. Make it smaller, or split it."),
    "FILE_TYPE_LIES": N_("The file was sent as {declared}, but the content is {kind}. Send it as what it is."),
    "FILE_TYPE_NOT_ACCEPTED": N_("The content of this file is none of the accepted kinds. Give {kinds}."),
    "FILE_UNPACKS_TOO_LARGE": N_(
        "Unpacked, this file would be larger than {limit} MB. Save it again without what fills it up."
    ),
    "NAME_INVALID": N_("The name of the round has {length} characters. Give 1 to 255."),
    "NOBODY_ASKED": N_("The round asks nobody. Name at least one relation."),
    "NOBODY_RATED": N_(
        "Nobody in this unit has an approved plan on {day}. Choose another unit, or approve plans first."
    ),
    "NOBODY_TO_REMIND": N_("Nobody is named who would have to do this. Let your HR office enter the evaluator."),
    "NOTE_TOO_LONG": N_("The note has {length} characters, {limit} are allowed. Shorten it, or attach a file."),
    "NOTHING_REPORTED": N_("The record is empty. Give a quantity, a note, or both."),
    "NOT_RELEASED": N_("This value is published on {release}; before that day it is not measured. Report it then."),
    "NO_RELATION": N_(
        "Feedback comes from superiors, peers and subordinates. Ask your HR office for a feedback round."
    ),
    "PEERS_OUT_OF_RANGE": N_("{number} peers per person cannot be asked. Give a number from 0 to {limit}."),
    "QUANTITY_NEGATIVE": N_("{quantity} is negative, but this indicator counts. Correct the earlier record instead."),
    "QUANTITY_WITHOUT_INDICATOR": N_(
        "A quantity needs an indicator that gives its unit. Name the indicator, or leave the quantity out."
    ),
    "REMINDED_TODAY": N_("A reminder of this was sent today already. Try again tomorrow."),
    "REMINDS_ONESELF": N_("This waits for you yourself. Do it, instead of reminding."),
    "ROUND_NOT_OPEN": N_("The round takes answers from {first} to {last}. Give feedback without naming the request."),
    "TITLE_TOO_LONG": N_("The title has {length} characters, {limit} are allowed. Shorten it."),
    "TWO_SUBJECTS": N_("Feedback is about a work result or about a value, not both. Give two."),
    "URL_INVALID": N_("This is no web address. Give one like https://example.go.id/report, without spaces."),
    "URL_TOO_LONG": N_("The address has {length} characters, {limit} are allowed. Give a shorter one."),
    "URL_WITH_CREDENTIALS": N_("The address holds a user name or password. Remove the part before the @."),
    "WRONG_PLAN": N_("This belongs to another plan. Name {expected}, or leave the plan out."),
    "WRONG_WORK_RESULT": N_(
        "The indicator belongs to another work result. Name {expected}, or leave the work result out."
    ),
}
