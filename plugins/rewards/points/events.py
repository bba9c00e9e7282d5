"""What points announce."""

from core.plugin_api import N_, EventType

POINTS_CHANGED = "rewards.points_changed"
REDEMPTION_REQUESTED = "rewards.redemption_requested"
REDEMPTION_DECIDED = "rewards.redemption_decided"

EVENTS = (
    EventType(POINTS_CHANGED, N_("Somebody's points changed: point_account_id, point_transaction_id, movement.")),
    EventType(
        REDEMPTION_REQUESTED, N_("Somebody asked for something of the catalogue: reward_redemption_id, employee_id.")
    ),
    EventType(
        REDEMPTION_DECIDED,
        N_("A request for something of the catalogue went on: reward_redemption_id, employee_id, state."),
    ),
)
