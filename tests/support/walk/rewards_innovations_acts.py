"""Who may do what with innovations: one line for each mutation."""

from tests.support.walk.act import HR, Act, day, gid, seen
from tests.support.walk.rewards_innovations import FIRST

AUTHORS = HR | {"officer", "clerk"}
DECIDERS = HR | {"chief", "head", "secretary"}

ACTS_OF_INNOVATIONS: dict[str, Act] = {
    "proposeInnovation": Act(
        lambda w: {
            "unitId": gid(w, "unit.registry"), "title": "Baru", "problem": "-", "description": "-",
            "category": "TATA_KELOLA", "group": "UMUM",
        },
        HR | {"chief", "officer", "clerk"},
    ),
    "updateInnovation": Act(lambda w: seen(w, "innovation.proposed", title="Lain"), AUTHORS),
    "tryInnovation": Act(lambda w: seen(w, "innovation.proposed"), DECIDERS),
    "adoptInnovation": Act(lambda w: seen(w, "innovation.tried"), DECIDERS),
    "declineInnovation": Act(lambda w: seen(w, "innovation.proposed", reason="Mahal"), DECIDERS),
    "endInnovation": Act(lambda w: seen(w, "innovation.adopted", reason="Diganti"), DECIDERS),
    "setInnovationAuthor": Act(
        lambda w: {"innovationId": gid(w, "innovation.proposed"), "employeeId": gid(w, "employee.chief")}, AUTHORS
    ),
    "removeInnovationAuthor": Act(lambda w: seen(w, "innovation_author.clerk"), AUTHORS),
    "addInnovationLink": Act(
        lambda w: {"innovationId": gid(w, "innovation.proposed"), "url": "https://example.id/b"}, AUTHORS
    ),
    "removeInnovationEvidence": Act(lambda w: seen(w, "innovation_evidence.proposed"), AUTHORS),
    # The plugin of the walk's fact is off.
    "measureInnovationEffect": Act(
        lambda w: {
            "innovationId": gid(w, "innovation.proposed"), "fact": "gone.speed", "direction": "LOWER",
            "beforeFirst": day(FIRST), "beforeLast": day(FIRST), "afterFirst": "2026-01-06", "afterLast": "2026-01-06",
        },
        AUTHORS | DECIDERS,
        works=False,
    ),
}  # fmt: skip
"""Who may do what with innovations: nobody decides on one of his own."""
