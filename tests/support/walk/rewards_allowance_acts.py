"""Who may do what with simulations of the allowance."""

from tests.support.walk.act import HR, Act, day, gid
from tests.support.walk.world import TODAY

_SIMULATING = HR | {"analyst", "sanctions_analyst"}
"""Who simulates in the registry."""

ACTS_OF_ALLOWANCE: dict[str, Act] = {
    # No table is in force in the world of the walk.
    "simulateAllowance": Act(
        lambda w: {"unitId": gid(w, "unit.registry"), "month": day(TODAY)}, _SIMULATING, works=False
    ),
    "deleteAllowanceRun": Act(lambda w: {"id": gid(w, "simulation.registry")}, _SIMULATING),
    "adoptAllowanceExample": Act(
        lambda _w: {
            "code": "kepahiang", "regulation": "Perbup 1/2026", "validFrom": day(TODAY), "basisBy": "JOB_CLASS",
            "amounts": {"9": "5000000"},
        },
        HR,
    ),
}  # fmt: skip
