"""Who may do what with what is owed: one line for each mutation."""

from tests.support.walk.act import HR, Act, day, gid, seen
from tests.support.walk.world import TODAY

ACTS_OF_COMPLIANCE: dict[str, Act] = {
    "createComplianceRule": Act(
        lambda w: {
            "unitId": gid(w, "unit.registry"), "duty": "FEEDBACK", "name": "Umpan balik", "validFrom": day(TODAY),
        },
        HR,
    ),
    "changeComplianceRule": Act(lambda w: seen(w, "compliance_rule", validFrom=day(TODAY), mostReminders=1), HR),
    "endComplianceRule": Act(lambda w: seen(w, "compliance_rule", lastDay=day(TODAY)), HR),
    "grantComplianceExemption": Act(
        lambda w: {
            "employeeId": gid(w, "employee.officer"), "firstDay": day(TODAY), "lastDay": day(TODAY), "reason": "-",
        },
        HR,
    ),
    "withdrawComplianceExemption": Act(lambda w: seen(w, "exemption.officer", reason="Kembali"), HR),
    "acceptLateReport": Act(lambda w: seen(w, "obligation.officer", reason="Jaringan"), HR | {"chief"}),
}  # fmt: skip
"""Who may do what about what is owed: nobody for himself."""
