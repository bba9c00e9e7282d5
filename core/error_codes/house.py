"""Codes: start, settings, plugins and commands: seen by administrators."""

from core.i18n import N_

HOUSE: dict[str, str] = {
    "ACCOUNT_UNKNOWN": N_("There is no account {username}. See the names with: kinerja user list"),
    "ADDRESS_UNUSABLE": N_("{host}:{port} cannot be listened on: {error}. Choose another with --port or --host."),
    "CHECK_FAILED": N_("The check itself failed: {error}. Report it to the plugin's author."),
    "DATABASE_DAMAGED": N_("SQLite reports damage: {answer}. Stop Kinerja and restore the latest backup."),
    "DATABASE_NOT_EMPTY": N_(
        "The database already holds employees. Load the demo into an empty one: set KINERJA_DATABASE_URL, "
        "or throw the demo's own database away with --fresh."
    ),
    "DATABASE_UNREACHABLE": N_(
        "The database does not answer: {error}. Check KINERJA_DATABASE_URL and that its server runs."
    ),
    "DISK_FULL": N_("Only {free} MB are free for {folder}. Make room: at {least} MB uploads and backups are at risk."),
    "EMPLOYEE_UNKNOWN": N_("There is no employee with NIP {nip}. Check the number."),
    "FOLDER_NOT_WRITABLE": N_(
        "{folder} cannot be written: {error}. Give the user that runs Kinerja the right to write there."
    ),
    "GRANT_UNKNOWN": N_("Account {username} has no role {role} there. See its roles with: kinerja user list"),
    "HISTORY_BROKEN": N_("History rows do not fit their hashes: {rows}. Run: kinerja history verify"),
    "KIND_UNKNOWN": N_("{kind} is no kind of file. Choose one of: {known}."),
    "MIGRATIONS_PENDING": N_("The database lacks {count} migrations ({names}). Back it up, then run: kinerja migrate"),
    "MIGRATION_NOT_REVERTED": N_(
        "{target} cannot be reverted: {error}. See what is applied with: kinerja migrate --list"
    ),
    "MIGRATION_UNKNOWN": N_("No migrations belong to {owner}. See the names with: kinerja migrate --list"),
    "NAME_SHADOWED": N_(
        "The import name {name} is also brought by {other}. Install Kinerja into an environment of its own, "
        "or uninstall the other."
    ),
    "PLUGIN_BROKEN": N_("Plugin {plugin} fails in {hook}: {error}. Repair it or take it off the setting plugins."),
    "PLUGIN_CLASH": N_("Plugins {first} and {second} both give {name} to {hook}. Rename one of the two."),
    "PLUGIN_CONTRIBUTION": N_("Plugin {plugin}: {hook} gives {given} where {wanted} belongs. Correct the hook."),
    "PLUGIN_CYCLE": N_("Plugins {plugins} wait for each other. Remove one of their requires or after."),
    "PLUGIN_EXISTS": N_("{folder} exists already. Choose another name."),
    "PLUGIN_FAILED": N_(
        "The plugin {plugin} failed while erasing. Its data may still be there; see the log and repeat."
    ),
    "PLUGIN_FOREIGN_KEY": N_(
        'A foreign key of the plugin reaches into core. Give it backref="+" and on_delete="CASCADE" or "SET NULL".'
    ),
    "PLUGIN_HOOK": N_("Plugin {plugin}: a hook does not fit: {error}. docs/plugins/hooks.md has every signature."),
    "PLUGIN_IS_ON": N_("Plugin {plugin} is on. Take it off the setting plugins, restart Kinerja, then purge."),
    "PLUGIN_NAME": N_("{name} is reserved or not made of lower-case letters and digits. Choose another name."),
    "PLUGIN_NEVER_ON": N_("Plugin {plugin} was never on; there is nothing to purge. See: kinerja plugins list"),
    "PLUGIN_NOT_INSTALLED": N_(
        "Plugin {plugin} is not installed. Install it or take it off the setting plugins; there is: {available}."
    ),
    "PLUGIN_POLICY": N_("Plugin {plugin}: nobody is told who sees {model}. Give a PolicyEntry in register_policies."),
    "PLUGIN_PREFIX": N_(
        "Plugin {plugin}: {hook} gives the name {name}, which does not begin with {prefix}. Rename it so."
    ),
    "PLUGIN_RECORD": N_(
        "Plugin {plugin}: {module} has no PLUGIN = Plugin(…). Let its entry point name a module that has."
    ),
    "PLUGIN_REQUIREMENT": N_(
        "Plugin {plugin} requires {required}, which is not on. Add {required} to the setting plugins."
    ),
    "PLUGIN_UNKNOWN_NAME": N_("Plugin {plugin}: {where} names {name}, which nobody registers. Did you mean {closest}?"),
    "PLUGIN_VERSION": N_(
        "Plugin {plugin} fits Kinerja {specifier}, this is {version}. Install a release of it that fits."
    ),
    "PURGE_NOT_CONFIRMED": N_("{given} is not {name}; nothing was dropped. Repeat with the right name."),
    "QUEUE_UNREACHABLE": N_(
        "The queue does not answer: {error}. Check jobs_backend and redis_url, and that Redis runs."
    ),
    "REPORTING_LINES_DIFFER": N_(
        "The stored superiors of {count} employees ({names}, …) are not those that follow from assignments, "
        "heads and delegations. The worker (kinerja worker) puts them right by night; look in the history "
        "for who changed them."
    ),
    "SCHEMA_ABSENT": N_("The GraphQL schema is not part of this installation. Install Kinerja whole."),
    "SCHEMA_CLASH": N_("The GraphQL schema cannot be built: {fault} Rename what clashes, or take the plugin off."),
    "SECRET_EXPOSED": N_("{file} can be read by others. Run: chmod 600 {file}"),
    "SETTINGS_FILE_BROKEN": N_("The settings file {path} is not valid TOML: {error}. Correct that line."),
    "SETTINGS_FILE_MISSING": N_("The settings file {path} is not there. Create it, or correct KINERJA_CONFIG."),
    "SETTING_INVALID": N_("The setting {name} is not usable: {fault}. Correct it; docs/settings.md has its range."),
    "SETTING_UNKNOWN": N_("Unknown setting {name} ({place}). Remove it; docs/settings.md lists every setting."),
    "UNIT_UNKNOWN": N_("There is no unit with code {unit}. Check the code."),
}
