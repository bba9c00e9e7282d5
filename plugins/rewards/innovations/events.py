"""What is announced about innovations."""

from core.plugin_api import N_, EventType

PROPOSED = "rewards.innovation_proposed"
TRIED = "rewards.innovation_tried"
ADOPTED = "rewards.innovation_adopted"
DECLINED = "rewards.innovation_declined"
ENDED = "rewards.innovation_ended"
MEASURED = "rewards.innovation_effect_measured"

EVENTS = [
    EventType(PROPOSED, N_("An innovation was proposed: innovation_id, unit_id, employee_ids (authors), day.")),
    EventType(TRIED, N_("A trial of an innovation began: innovation_id, unit_id, employee_ids (authors), day.")),
    EventType(ADOPTED, N_("An innovation was adopted: innovation_id, unit_id, employee_ids (authors), day.")),
    EventType(DECLINED, N_("An innovation was declined: innovation_id, unit_id, employee_ids (authors), day.")),
    EventType(ENDED, N_("An innovation ended: innovation_id, unit_id, employee_ids (authors), day.")),
    EventType(MEASURED, N_("The effect of an innovation was measured: innovation_effect_id, innovation_id, fact.")),
]
