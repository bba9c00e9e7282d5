"""What compliance does by the clock."""

from core.plugin_api import N_, Context, Job

CHECK = "rewards.check_compliance"


def _check(ctx: Context) -> object:
    from plugins.rewards.compliance.services.checking import check_compliance

    done = check_compliance(ctx)
    return done.noted + done.changed + done.reminders + done.notes


JOBS = [Job(CHECK, N_("Reports that are owed: reminders, and notes to superiors"), _check, schedule="30 5 * * *")]
