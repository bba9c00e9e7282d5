"""Who may do what with points: officers for others, everybody for oneself."""

from tests.support.walk.act import HR, HR_RECOGNITION, Act, day, gid, seen
from tests.support.walk.world import EMPLOYEES, TODAY

ACTS_OF_POINTS: dict[str, Act] = {
    "createPointRule": Act(
        lambda _w: {"name": "Baru", "event": "PROGRESS_RECORDED", "points": 5, "validFrom": day(TODAY)}, HR
    ),
    "updatePointRule": Act(lambda w: seen(w, "point_rule.now", points=7), HR),
    "createRewardItem": Act(lambda _w: {"name": "Baru", "price": 5}, HR),
    "updateRewardItem": Act(lambda w: seen(w, "item.mug", price=7), HR),
    # Of all employees, those who have points get it.
    "redeemPoints": Act(lambda w: {"itemId": gid(w, "item.mug"), "key": "walk"}, set(EMPLOYEES)),
    "approveRedemption": Act(lambda w: seen(w, "redemption.clerk"), HR_RECOGNITION),
    "refuseRedemption": Act(lambda w: seen(w, "redemption.clerk", reason="Habis"), HR_RECOGNITION),
    # It is not agreed to yet.
    "handOutRedemption": Act(lambda w: seen(w, "redemption.clerk"), HR_RECOGNITION, works=False),
    "cancelRedemption": Act(lambda w: seen(w, "redemption.clerk"), {"clerk"}),
    "adjustPoints": Act(
        lambda w: {"employeeId": gid(w, "employee.clerk"), "amount": 5, "reason": "Koreksi"}, HR_RECOGNITION
    ),
    "setLeaderboardConsent": Act(lambda _w: {"isGiven": False}, set(EMPLOYEES)),
}  # fmt: skip
