"""Demo data of the plugin `rewards`, joined from its areas."""

from core.plugin_api import Context
from plugins.rewards.allowance import demo as allowance
from plugins.rewards.compliance import demo as compliance
from plugins.rewards.discipline import demo as discipline
from plugins.rewards.innovations import demo as innovations
from plugins.rewards.points import demo as points
from plugins.rewards.programmes import demo as programmes


def load(ctx: Context, seed: int) -> None:
    """Load what every area shows in the demo city."""
    programmes.load(ctx, seed)
    innovations.load(ctx, seed)
    compliance.load(ctx, seed)
    points.load(ctx, seed)
    allowance.load(ctx, seed)
    discipline.load(ctx, seed)
