"""Codes with which compliance refuses, each with its meaning and remedy."""

from core.plugin_api import N_

CODES: dict[str, str] = {
    "COMPLIANCE_NOT_CHECKED": N_(
        "Nobody was reminded of reports for two days. Start kinerja worker, or run: kinerja rewards compliance"
    ),
    "COMPLIANCE_NOT_LATE": N_("Only what was delivered late can be accepted as such. Look at its state."),
    "COMPLIANCE_NUMBER": N_("{value} working days or reminders are not possible here. Give {least} to {most}."),
    "COMPLIANCE_RULE_DAY": N_(
        "The version to be changed holds from {day}. Give a later day from which the next one holds."
    ),
    "COMPLIANCE_RULE_OLD": N_("There is a later version of this rule. Change that one."),
    "COMPLIANCE_RULE_TWICE": N_("{name} (revision {revision}) holds in these days already. Change or end that one."),
    "COMPLIANCE_UNKNOWN_EXEMPTION": N_("{names}: not known here. Choose of {known}."),
    "EXEMPTION_WITHDRAWN": N_("This exemption was withdrawn on {day} already. Grant another one if it is needed."),
    "OBLIGATIONS_STAY": N_(
        "{count} reports are owed in periods that are still open. Close the period, and erase again."
    ),
}
