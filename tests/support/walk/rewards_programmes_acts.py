"""Who may do what in programmes: one line for each mutation."""

from tests.support.walk.act import HR, HR_ARCHIVE, HR_RECOGNITION, Act, day, gid, seen
from tests.support.walk.rewards_programmes import YESTERDAY

YEAR = {"startsOn": "2026-01-01", "endsOn": "2026-12-31"}

ACTS_OF_PROGRAMMES: dict[str, Act] = {
    "createRewardProgramme": Act(lambda _w: {"code": "baru", "name": "Baru"}, HR),
    "updateRewardProgramme": Act(lambda w: seen(w, "programme.main", name="Lain"), HR),
    "setRewardCriteria": Act(
        lambda w: {
            "programmeId": gid(w, "programme.archive"), "criteria": [{"kind": "SERVICE_YEARS", "years": 3}],
        },
        HR_ARCHIVE,
    ),
    "createRewardRound": Act(lambda w: {"programmeId": gid(w, "programme.main"), "name": "Baru", **YEAR}, HR),
    "updateRewardRound": Act(lambda w: seen(w, "reward_round.archive", name="Lain"), HR_ARCHIVE),
    "closeRewardRound": Act(lambda w: seen(w, "reward_round.empty"), HR),
    "reopenRewardRound": Act(lambda w: seen(w, "reward_round.closed"), HR),
    "addPanelMember": Act(
        lambda w: {"roundId": gid(w, "reward_round.main"), "employeeId": gid(w, "employee.clerk")}, HR
    ),
    "removePanelMember": Act(lambda w: seen(w, "panel.spare"), HR),
    "startEligibilityRun": Act(lambda w: {"roundId": gid(w, "reward_round.archive")}, HR_ARCHIVE),
    "nominate": Act(
        lambda w: {
            "roundId": gid(w, "reward_round.empty"), "employeeId": gid(w, "employee.clerk"), "basis": "SUPERIOR",
            "statement": "Baik",
        },
        {"chief"},
    ),
    "withdrawNomination": Act(lambda w: seen(w, "nomination.new", reason="Salah"), HR_RECOGNITION | {"clerk"}),
    "verifyNomination": Act(lambda w: seen(w, "nomination.new", accepted=True), HR_RECOGNITION),
    # A member of the panel who has no part in it.
    "scoreNomination": Act(lambda w: {"id": gid(w, "nomination.verified"), "score": 50}, {"secretary", "deputy"}),
    "declareConflictOfInterest": Act(
        lambda w: {"id": gid(w, "nomination.verified"), "note": "Ipar"}, {"secretary", "deputy"}
    ),
    "awardNomination": Act(lambda w: seen(w, "nomination.verified", decreeNumber="9"), HR_RECOGNITION),
    "declineNomination": Act(lambda w: seen(w, "nomination.archive", reason="Kuota"), HR_ARCHIVE),
    # Whoever knows the nominee; not the clerk, who works elsewhere.
    "objectToAward": Act(
        lambda w: {"nominationId": gid(w, "nomination.awarded"), "reason": "Keliru"},
        {"other_chief", "head", "secretary", "other", "chief", "deputy"},
    ),
    "decideAwardObjection": Act(
        lambda w: seen(w, "award_objection.clerk", upheld=False, decision="Cukup"), HR_ARCHIVE
    ),
    "grantAward": Act(lambda w: seen(w, "nomination.ready"), HR_RECOGNITION),
    "recordAward": Act(
        lambda w: {
            "employeeId": gid(w, "employee.other"), "kind": "APPRECIATION", "title": "Lama",
            "awardedOn": day(YESTERDAY), "decreeNumber": "3",
        },
        HR_ARCHIVE,
    ),
    "updateAward": Act(lambda w: seen(w, "award.private", title="Lain"), HR_RECOGNITION),
    "revokeAward": Act(lambda w: seen(w, "award.open", reason="Keliru"), HR_RECOGNITION),
    "removeRewardFile": Act(lambda w: seen(w, "reward_file.new_evidence"), HR_RECOGNITION | {"clerk"}),
}  # fmt: skip
"""Who may do what."""
