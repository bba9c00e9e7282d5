"""Back office: the settings in force."""

from typing import Any

from flask_admin import expose

from admin.system.page import SystemPage
from core.i18n import N_
from core.registry import active_registry
from core.settings_in_force import Origin, settings_in_force

ORIGINS = {
    Origin.DEFAULT: N_("default"),
    Origin.ENVIRONMENT: N_("environment"),
    Origin.FILE: N_("settings file"),
    Origin.GENERATED: N_("made by Kinerja"),
    Origin.PROGRAM: N_("given at start"),
}


class SettingsPage(SystemPage):
    """Every setting with its value, where it came from and what it is for; secrets are masked."""

    def __init__(self) -> None:
        """Stand at /admin/system/settings/."""
        super().__init__(N_("Settings in force"), "settings")

    @expose("/")
    def index(self) -> Any:
        """List them."""
        return self.page("settings", lines=settings_in_force(active_registry().settings), origins=ORIGINS)
