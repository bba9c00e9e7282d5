"""The built-in plugin that shows core in the browser."""

from collections.abc import Sequence
from pathlib import Path

from core.plugin_api import N_, AdminView, Pages, Plugin, TranslationSource, hookimpl

PLUGIN = Plugin(
    name="admin",
    title=N_("Back office"),
    description=N_("Pages at /admin for employees, leaders and the HR office."),
    kinerja=">=0.1",
)


@hookimpl
def register_admin_views() -> Sequence[AdminView]:
    """The views of every area of core, in the order of the menu."""
    from admin import appraisal, history, organisation, planning

    return [*organisation.VIEWS, *planning.VIEWS, *appraisal.VIEWS, *history.VIEWS]


@hookimpl
def register_pages() -> Sequence[Pages]:
    """The back office itself."""
    from admin.mount import mount

    return [Pages("/admin", mount)]


@hookimpl
def register_translations() -> Sequence[TranslationSource]:
    """Its Indonesian texts."""
    return [TranslationSource(Path(__file__).parent / "translations")]
