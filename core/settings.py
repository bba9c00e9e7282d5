"""Typed settings from `KINERJA_*` environment variables and `kinerja.toml`; unknown names are refused."""

import os
import secrets
import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal, TypeVar
from zoneinfo import available_timezones

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)

from core.errors import CannotStart, Problem
from core.i18n import N_

PREFIX = "KINERJA_"
CONFIG_VARIABLE = "KINERJA_CONFIG"
DEFAULT_FILE = Path("kinerja.toml")
# Read by the command line, by the tests and by the build, not by the application.
OTHER_VARIABLES = frozenset(
    {
        CONFIG_VARIABLE,
        "KINERJA_CI",
        "KINERJA_LANG",
        "KINERJA_TEST_DATABASES",
        "KINERJA_TEST_EXAMPLES",
        "KINERJA_TEST_POSTGRESQL",
        "KINERJA_TEST_REDIS",
        "KINERJA_TEST_REQUIRE",
    }
)
SHORTEST_PRODUCTION_SECRET = 32
_EXEMPTIONS = frozenset({"ON_LEAVE", "LEFT", "CPNS", "PPPK", "PNS"})

Section = TypeVar("Section", bound="SettingsModel")


@cache
def _time_zones() -> set[str]:
    """Return the names that this machine knows; they are looked for in hundreds of files."""
    return available_timezones()


class SettingsModel(BaseModel):
    """The base of every group of settings: frozen, and unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, validate_default=True)

    @field_validator("*", mode="before")
    @classmethod
    def _split_commas(cls, value: Any, info: ValidationInfo) -> Any:
        """Take `a,b` for a list of texts, since an environment variable can hold nothing else."""
        field = cls.model_fields[info.field_name or ""]
        if isinstance(value, str) and field.annotation == list[str]:
            return [part.strip() for part in value.split(",") if part.strip()]
        return value


class Settings(SettingsModel):
    """Every setting of the application itself; plugins add a section of their own name."""

    production: bool = Field(
        False, description="Strict mode: a secret key is required, GraphiQL and introspection are off."
    )
    institution_name: str = Field(
        "Pemerintah Daerah", min_length=1, max_length=200, description="Name of the institution, shown on every page."
    )
    back_office: bool = Field(True, description="Whether the back office is served at /admin.")
    time_zone: str = Field(
        "Asia/Jakarta",
        description="Time zone in which dates are counted: Asia/Jakarta (WIB), Asia/Makassar (WITA), "
        "Asia/Jayapura (WIT) or another IANA name.",
    )
    default_language: Literal["id", "en"] = Field("id", description="Language for callers who name none.")
    plugins: list[str] = Field([], description="Plugins that are on, by name. In the environment: separated by commas.")

    database_url: str = Field(
        "sqlite:///var/kinerja.db", description="sqlite:///relative.db, sqlite:////absolute.db or postgresql://…"
    )
    var_dir: Path = Field(
        Path("var"), description="Folder for what the application itself keeps: secret key, job queue, demo log-ins."
    )
    files_dir: Path = Field(Path("var/files"), description="Folder for uploaded evidence; outside any web root.")
    max_upload_mb: int = Field(10, ge=1, le=1024, description="Largest uploaded file, in megabytes (1-1024).")

    secret_key: str = Field(
        "",
        repr=False,
        description="Key that signs tokens and cookies; at least 32 characters in production. "
        "Otherwise generated once and kept in var_dir/secret.key.",
    )
    access_token_minutes: int = Field(10, ge=1, le=1440, description="Life of an access token, in minutes (1-1440).")
    refresh_token_days: int = Field(14, ge=1, le=365, description="Life of a refresh token, in days (1-365).")
    api_token_days: int = Field(365, ge=1, le=3650, description="Longest life of an API token, in days (1-3650).")
    session_hours: int = Field(12, ge=1, le=168, description="Life of a back-office log-in, in hours (1-168).")
    session_idle_minutes: int = Field(
        30, ge=5, le=1440, description="Minutes without a page after which a back-office log-in is over (5-1440)."
    )
    login_tries_per_minute: int = Field(
        30,
        ge=0,
        le=100_000,
        description="Log-ins that may fail in a minute from one address, whatever the account (0: no limit). "
        "Counted in each process, or in Redis when jobs_backend is redis.",
    )
    public_address: str = Field(
        "",
        pattern=r"^(https?://[^\s/?#]+)?/?$",
        description="Address under which everybody reaches this installation, such as https://kinerja.example.go.id. "
        "It stands in the QR codes of certificates; empty: the address that was called.",
    )
    verification_tries_per_minute: int = Field(
        30,
        ge=0,
        le=100_000,
        description="Codes of certificates that one address may try in vain in a minute (0: no limit). "
        "Counted in each process, or in Redis when jobs_backend is redis.",
    )
    second_factor_roles: list[str] = Field(
        [],
        description="Roles whose holders set up a second factor before they get in. "
        "In the environment: separated by commas.",
    )
    oidc_issuer: str = Field(
        "",
        pattern=r"^(https?://.+)?$",
        description="OpenID provider of the institution, as it calls itself (https://…); none: no such log-in.",
    )
    oidc_client_id: str = Field("", description="Name under which the OpenID provider knows Kinerja.")
    oidc_client_secret: str = Field(
        "", repr=False, description="Secret that Kinerja shares with the OpenID provider; none for a public client."
    )
    oidc_claim: str = Field(
        "preferred_username", min_length=1, description="Claim of the OpenID provider that holds the username."
    )
    oidc_name: str = Field(
        "SSO", min_length=1, max_length=60, description="Name of the OpenID provider, as the log-in shows it."
    )
    oidc_needs_second_factor: bool = Field(
        False,
        description="Whether whoever comes from the OpenID provider is asked for Kinerja's second factor as well.",
    )

    host: str = Field("127.0.0.1", description="Address to listen on.")
    port: int = Field(8000, ge=1, le=65535, description="Port to listen on (1-65535).")
    workers: int = Field(1, ge=1, le=64, description="Processes that answer requests (1-64).")
    threads: int = Field(16, ge=1, le=256, description="Requests that one process answers at the same time (1-256).")
    metrics_token: str = Field(
        "",
        repr=False,
        description="Bearer token that may read /metrics; without one, only callers on the machine itself may.",
    )
    cors_origins: list[str] = Field(
        [], description="Origins of other web pages that may call the API. In the environment: separated by commas."
    )

    jobs_backend: Literal["sqlite", "redis"] = Field("sqlite", description="Where background jobs wait.")
    redis_url: str = Field(
        "redis://127.0.0.1:6379/0", description="Redis of the job queue, when jobs_backend is redis."
    )

    webhooks_allowed_hosts: list[str] = Field(
        [],
        description="Hosts of this institution that webhooks may call although their addresses are not public. "
        "In the environment: separated by commas.",
    )
    webhooks_timeout_seconds: int = Field(
        10, ge=1, le=60, description="Longest time for one delivery of a webhook, in seconds (1-60)."
    )
    webhooks_max_bytes: int = Field(
        1_048_576, ge=1024, le=16_777_216, description="Largest body that a webhook sends, in bytes."
    )
    webhooks_attempts: int = Field(
        10, ge=1, le=20, description="Tries until a delivery is given up: after 1, 2, 4, … minutes, 6 hours at most."
    )
    webhooks_pause_after: int = Field(
        5, ge=1, le=1000, description="Deliveries given up in a row until their webhook is paused (1-1000)."
    )
    webhooks_kept_days: int = Field(
        30, ge=1, le=365, description="Days for which deliveries are kept, those given up and waiting too (1-365)."
    )

    approval_needed: list[str] = Field(
        [],
        description="What nobody changes alone: a second person approves each change, made by hand, by import or by "
        "the API. Names of tables (Employee) or of their fields (Employee.grade). In the environment: separated by "
        "commas.",
    )
    reason_needed: list[str] = Field(
        [], description="What nobody changes without saying why; names as in approval_needed."
    )

    plan_approval_deadline: str = Field(
        "01-31",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="Last day to set a plan (SKP), as month-day of the plan's own year.",
    )
    annual_evaluation_deadline: str = Field(
        "01-31",
        pattern=r"^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$",
        description="Last day of the annual evaluation, as month-day of the following year.",
    )
    periodic_evaluation_days: int = Field(
        10, ge=1, le=90, description="Days after its end in which a monthly or quarterly evaluation is due (1-90)."
    )
    objection_days: int = Field(
        14, ge=1, le=90, description="Days to object since the result was received (1-90); PP 30/2019 Pasal 59: 14."
    )
    objection_day_kind: Literal["calendar", "working"] = Field(
        "calendar", description="Whether objection_days are calendar or working days."
    )
    deemed_acceptance_days: int = Field(
        14,
        ge=0,
        le=90,
        description="Working days after which a final evaluation that nobody acknowledged counts as accepted "
        "(0-90; 0: never).",
    )
    compliance_exempt: list[str] = Field(
        ["ON_LEAVE", "LEFT"],
        description="States (ON_LEAVE, LEFT) and kinds of employment (CPNS, PPPK, PNS) that are never called late. "
        "In the environment: separated by commas.",
    )
    feedback_min_givers: int = Field(
        3, ge=2, le=20, description="Feedback of peers and subordinates is shown from this number of givers (2-20)."
    )
    distribution_min_head_count: int = Field(
        10, ge=1, le=1000, description="Smallest unit for which the distribution of predicates is compared (1-1000)."
    )

    aggregate_min_people: int = Field(
        5,
        ge=1,
        le=100,
        description="Groups of fewer people are withheld from those who may not see the people themselves (1-100).",
    )
    aggregate_max_groups: int = Field(
        2_000, ge=10, le=100_000, description="Most groups of one aggregate field, over all its parents (10-100000)."
    )
    chart_seconds: int = Field(10, ge=1, le=60, description="Longest time to draw a chart, in seconds (1-60).")

    graphql_max_bytes: int = Field(
        1_048_576, ge=1024, le=104_857_600, description="Largest GraphQL request body, in bytes."
    )
    graphql_max_tokens: int = Field(5_000, ge=100, le=100_000, description="Most tokens in one document.")
    graphql_max_definitions: int = Field(
        100, ge=1, le=10_000, description="Most operations and fragments in one document."
    )
    graphql_max_depth: int = Field(15, ge=3, le=100, description="Deepest nesting of fields.")
    graphql_max_aliases: int = Field(60, ge=1, le=1_000, description="Most aliases in one document.")
    graphql_max_root_fields: int = Field(20, ge=1, le=200, description="Most root fields in one operation.")
    graphql_max_fields: int = Field(2_000, ge=10, le=100_000, description="Most fields, fragments spread out.")
    graphql_max_repeats: int = Field(
        200, ge=10, le=10_000, description="Most fields selected again in the same place; comparing them takes long."
    )
    graphql_planned: bool = Field(
        True, description="Whether reads are answered by one planned statement each, where that is possible."
    )
    graphql_max_list_items: int = Field(
        5_000,
        ge=10,
        le=1_000_000,
        description="Most entries of lists in the values of one operation, nested ones counted.",
    )
    graphql_max_value_depth: int = Field(
        40, ge=5, le=200, description="Deepest nesting of lists and objects in the variables."
    )
    graphql_max_mutations: int = Field(10, ge=1, le=200, description="Most mutations in one request.")
    graphql_max_batch: int = Field(
        10, ge=0, le=100, description="Most operations in one request, as a JSON list (0-100; 0 or 1: no lists)."
    )
    graphql_max_cost: int = Field(
        1_000_000,
        ge=1_000,
        le=1_000_000_000,
        description="Highest cost of one request; docs/clients/limits.md says how it is counted.",
    )
    graphql_statement_seconds: int = Field(
        10,
        ge=0,
        le=3_600,
        description="Longest time of one statement on the database, in seconds (0-3600; 0: no limit).",
    )
    rate_points_per_minute: int = Field(
        30_000_000,
        ge=0,
        le=1_000_000_000_000,
        description="What one account, or one address of strangers, may spend in a minute: the cost of each operation "
        "and 1000 more (0: no limit). Counted in each process, or in Redis when jobs_backend is redis.",
    )
    trusted_proxies: list[str] = Field(
        [],
        description="Addresses or networks of reverse proxies whose X-Forwarded-For is believed. "
        "In the environment: separated by commas.",
    )
    graphql_max_rows: int = Field(50_000, ge=100, le=10_000_000, description="Most rows read by one operation.")
    graphql_registered_only: bool = Field(
        False, description="Allow-list mode: nothing runs but registered operations, and GraphiQL is off."
    )
    views_max_rows: int = Field(
        20_000, ge=100, le=1_000_000, description="Most rows that a view puts together from all its pages."
    )
    graphql_page_size: int = Field(50, ge=1, le=1_000, description="Rows of a page when the client names no number.")
    graphql_max_page_size: int = Field(200, ge=1, le=5_000, description="Most rows of one page.")

    live_port: int = Field(8001, ge=1, le=65535, description="Port that kinerja live listens on (1-65535).")
    live_max_streams: int = Field(
        1_000,
        ge=0,
        le=20_000,
        description="Most live streams open in one process (0-20000); a process of kinerja serve keeps half of its "
        "threads free of them, whatever is said here.",
    )
    live_max_streams_per_account: int = Field(
        10, ge=1, le=1_000, description="Most live streams that one account has open in one process (1-1000)."
    )
    live_replay_hours: int = Field(
        24, ge=1, le=720, description="Hours for which a client can catch up with what it missed (1-720)."
    )
    live_keepalive_seconds: int = Field(
        15,
        ge=1,
        le=300,
        description="Seconds after which a silent stream shows that it lives and its caller is checked again (1-300).",
    )
    live_send_seconds: int = Field(
        20, ge=1, le=300, description="Seconds in which a client of kinerja live must take what is sent (1-300)."
    )

    sections: dict[str, dict[str, Any]] = Field(
        {}, repr=False, description="Raw settings of plugins by name: [name] in the file, KINERJA_NAME__KEY outside."
    )
    _typed: dict[str, SettingsModel] = PrivateAttr(default_factory=dict)

    @field_validator("time_zone")
    @classmethod
    def _known_time_zone(cls, value: str) -> str:
        if value not in _time_zones():
            raise ValueError("use Asia/Jakarta, Asia/Makassar, Asia/Jayapura or another IANA name")
        return value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: list[str]) -> list[str]:
        for name in value:
            ip_network(name, strict=False)
        return value

    @field_validator("compliance_exempt")
    @classmethod
    def _known_exemptions(cls, value: list[str]) -> list[str]:
        unknown = set(value) - _EXEMPTIONS
        if unknown:
            raise ValueError(f"{', '.join(sorted(unknown))}: use {', '.join(sorted(_EXEMPTIONS))}")
        return value

    @field_validator("plugins")
    @classmethod
    def _named_once(cls, value: list[str]) -> list[str]:
        return list(dict.fromkeys(value))

    @model_validator(mode="after")
    def _consistent(self) -> "Settings":
        if self.production and len(self.secret_key) < SHORTEST_PRODUCTION_SECRET:
            raise ValueError(
                "secret_key: required in production, at least 32 characters; set KINERJA_SECRET_KEY to a random value"
            )
        if self.oidc_issuer and not self.oidc_client_id:
            raise ValueError("oidc_client_id: required with oidc_issuer; the provider gives it")
        if self.production and self.oidc_issuer.startswith("http:"):
            raise ValueError("oidc_issuer: an https address in production")
        if self.graphql_page_size > self.graphql_max_page_size:
            raise ValueError("graphql_page_size: not above graphql_max_page_size")
        return self

    def section(self, name: str, model: type[Section]) -> Section:
        """Return the settings of plugin `name`, read through its `model`; a wrong value is named and refused."""
        if not isinstance(self._typed.get(name), model):
            try:
                self._typed[name] = model(**self.sections.get(name, {}))
            except ValidationError as error:
                raise CannotStart(_problems(error, model, name)) from None
        typed = self._typed[name]
        assert isinstance(typed, model)  # noqa: S101 - tells the type checker what the lines above made sure
        return typed


RESERVED_SECTIONS = frozenset(Settings.model_fields)
"""Names that no plugin may take: its section would hide a setting of core."""


def load_settings(environment: Mapping[str, str] | None = None, file: Path | None = None) -> Settings:
    """Read the settings: environment over file over defaults; raise CannotStart that names every wrong one."""
    environment = os.environ if environment is None else environment
    chosen = environment.get(CONFIG_VARIABLE)
    path = file or (Path(chosen) if chosen else DEFAULT_FILE)
    values, sections, problems = _from_file(path, required=bool(file or chosen))
    more, outside, more_problems = _from_environment(environment)
    values |= more
    for name, keys in outside.items():
        sections[name] = {**sections.get(name, {}), **keys}
    problems += more_problems
    try:
        settings = Settings(**values, sections=sections)
    except ValidationError as error:
        raise CannotStart([*problems, *_problems(error, Settings)]) from None
    if problems:
        raise CannotStart(problems)
    if not settings.secret_key:
        settings = settings.model_copy(update={"secret_key": _kept_secret(settings.var_dir / "secret.key")})
    return settings


def _from_file(path: Path, *, required: bool) -> tuple[dict[str, Any], dict[str, dict[str, Any]], list[Problem]]:
    if not path.is_file():
        missing = Problem(
            "SETTINGS_FILE_MISSING",
            N_("The settings file {path} is not there. Create it, or correct KINERJA_CONFIG."),
            params={"path": path},
        )
        return {}, {}, [missing] if required else []
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        broken = Problem(
            "SETTINGS_FILE_BROKEN",
            N_("The settings file {path} is not valid TOML: {error}. Correct that line."),
            params={"path": path, "error": error},
        )
        return {}, {}, [broken]
    sections = {
        key: value for key, value in content.items() if isinstance(value, dict) and key not in RESERVED_SECTIONS
    }
    values = {key: value for key, value in content.items() if key not in sections}
    problems = [unknown_setting(key, RESERVED_SECTIONS, str(path)) for key in values if key not in _ASKED]
    return {key: value for key, value in values.items() if key in _ASKED}, sections, problems


def _from_environment(
    environment: Mapping[str, str],
) -> tuple[dict[str, Any], dict[str, dict[str, Any]], list[Problem]]:
    values: dict[str, Any] = {}
    sections: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for variable, value in environment.items():
        if not variable.startswith(PREFIX) or variable in OTHER_VARIABLES:
            continue
        key = variable.removeprefix(PREFIX).lower()
        section, separator, inner = key.partition("__")
        if key in _ASKED:
            values[key] = value
        elif separator and section and inner:
            sections.setdefault(section, {})[inner] = value
        else:
            names = {PREFIX + name.upper() for name in _ASKED} | OTHER_VARIABLES
            problems.append(unknown_setting(variable, names, "environment"))
    return values, sections, problems


_ASKED = RESERVED_SECTIONS - {"sections"}


def unknown_setting(name: str, known: frozenset[str] | set[str], place: str) -> Problem:
    """Return the problem of a setting `name` found in `place` that is none of `known`."""
    closest = get_close_matches(name, sorted(known - {"sections"}), n=1, cutoff=0.6)
    if closest:
        return Problem(
            "SETTING_UNKNOWN",
            N_("Unknown setting {name} ({place}). Did you mean {closest}? Correct or remove it."),
            params={"name": name, "place": place, "closest": closest[0]},
        )
    return Problem(
        "SETTING_UNKNOWN",
        N_("Unknown setting {name} ({place}). Remove it; docs/settings.md lists every setting."),
        params={"name": name, "place": place},
    )


def _problems(error: ValidationError, model: type[SettingsModel], section: str = "") -> list[Problem]:
    problems = []
    for fault in error.errors(include_url=False, include_context=False):
        inner = ".".join(str(part) for part in fault["loc"])
        name = ".".join(part for part in (section, inner) if part)
        if fault["type"] == "extra_forbidden":
            known = {".".join(part for part in (section, field) if part) for field in model.model_fields}
            problems.append(unknown_setting(name, known, f"[{section}]"))
        else:
            # The text of the library is English; the name and the remedy are what a person needs first.
            text = fault["msg"].removeprefix("Value error, ")
            problems.append(
                Problem(
                    "SETTING_INVALID",
                    N_("The setting {name} is not usable: {fault}. Correct it; docs/settings.md has its range."),
                    params={"name": name or "(settings)", "fault": text},
                )
            )
    return problems


def _kept_secret(path: Path) -> str:
    """Return the secret kept at `path`, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(48) + "\n")
    try:
        # A link is made whole or not at all, so two processes that start together agree on one secret.
        path.hardlink_to(fresh)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()
