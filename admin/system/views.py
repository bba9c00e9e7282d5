"""The pages about the system, in the order of the menu."""

from admin.system.health import HealthPage
from admin.system.jobs import JobsPage
from admin.system.plugins import PluginsPage
from admin.system.settings import SettingsPage
from admin.system.sight import SightPage
from admin.system.tokens import TokensPage
from admin.system.webhooks import WebhooksPage
from core.plugin_api import AdminView

VIEWS = (
    AdminView("system_health", HealthPage),
    AdminView("system_plugins", PluginsPage),
    AdminView("system_jobs", JobsPage),
    AdminView("system_webhooks", WebhooksPage),
    AdminView("system_tokens", TokensPage),
    AdminView("system_sight", SightPage),
    AdminView("system_settings", SettingsPage),
)
