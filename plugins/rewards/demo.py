"""Demo data of the plugin `rewards`, joined from its areas."""

from core.plugin_api import Context
from plugins.rewards.programmes import demo as programmes


def load(ctx: Context, seed: int) -> None:
    """Load what every area shows in the demo city."""
    programmes.load(ctx, seed)
