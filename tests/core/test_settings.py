"""Settings: environment over file over defaults; what is unknown or wrong is refused by name."""

import stat

import pytest

from core.errors import CannotStart
from core.i18n import has_translation
from core.settings import Settings, SettingsModel, load_settings


def load(tmp_path, text=None, **environment):
    file = None
    if text is not None:
        file = tmp_path / "kinerja.toml"
        file.write_text(text, encoding="utf-8")
    return load_settings({"KINERJA_VAR_DIR": str(tmp_path / "var"), **environment}, file)


def refusal(tmp_path, text=None, **environment):
    with pytest.raises(CannotStart) as stop:
        load(tmp_path, text, **environment)
    for problem in stop.value.problems:
        assert has_translation(problem.text, "id"), problem.text
    return stop.value.message("en").splitlines()


def test_defaults_are_those_of_the_documentation(tmp_path):
    settings = load(tmp_path)

    assert settings.database_url == "sqlite:///var/kinerja.db"
    assert (settings.access_token_minutes, settings.objection_days, settings.objection_day_kind) == (10, 14, "calendar")
    assert (settings.feedback_min_givers, settings.time_zone, settings.default_language) == (3, "Asia/Jakarta", "id")


def test_every_setting_says_what_it_is():
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_the_environment_goes_before_the_file_and_the_file_before_the_default(tmp_path):
    text = 'port = 9000\nhost = "0.0.0.0"\nplugins = ["rewards"]\ntime_zone = "Asia/Jayapura"'

    settings = load(tmp_path, text, KINERJA_PORT="9001", KINERJA_PLUGINS="training, queueing,training")

    assert (settings.port, settings.host, settings.max_upload_mb) == (9001, "0.0.0.0", 10)
    assert (settings.plugins, settings.time_zone) == (["training", "queueing"], "Asia/Jayapura")


def test_sections_of_plugins_come_from_both_and_are_read_through_their_model(tmp_path):
    class QueueSettings(SettingsModel):
        limit: int = 1
        places: list[str] = []
        name: str = "x"

    settings = load(
        tmp_path, '[queueing]\nlimit = 2\nname = "loket"', KINERJA_QUEUEING__LIMIT="5", KINERJA_QUEUEING__PLACES="a, b"
    )

    section = settings.section("queueing", QueueSettings)
    assert (section.limit, section.places, section.name) == (5, ["a", "b"], "loket")
    assert settings.section("rewards", QueueSettings).limit == 1


def test_the_file_that_the_environment_names_is_read(tmp_path):
    (tmp_path / "other.toml").write_text("port = 9005")

    assert load(tmp_path, KINERJA_CONFIG=str(tmp_path / "other.toml")).port == 9005


def test_a_file_that_is_named_and_missing_is_refused(tmp_path):
    missing = tmp_path / "nowhere.toml"

    assert refusal(tmp_path, KINERJA_CONFIG=str(missing)) == [
        f"The settings file {missing} is not there. Create it, or correct KINERJA_CONFIG."
    ]


def test_a_broken_file_is_refused_with_its_line(tmp_path):
    (message,) = refusal(tmp_path, "port = = 3")

    assert "kinerja.toml is not valid TOML: Invalid value (at line 1, column 8)." in message


def test_an_unknown_key_of_the_file_is_named_with_the_closest(tmp_path):
    (message,) = refusal(tmp_path, "prot = 3")

    assert message.startswith("Unknown setting prot (")
    assert message.endswith("Did you mean port? Correct or remove it.")


def test_an_unknown_variable_is_named_with_the_closest(tmp_path):
    assert refusal(tmp_path, KINERJA_SECRETKEY="x") == [
        "Unknown setting KINERJA_SECRETKEY (environment). Did you mean KINERJA_SECRET_KEY? Correct or remove it."
    ]


def test_variables_of_tests_and_tools_are_let_be(tmp_path):
    assert load(tmp_path, KINERJA_TEST_DATABASES="sqlite", KINERJA_LANG="en", PATH="/bin").port == 8000


@pytest.mark.parametrize(
    ("name", "value", "fault"),
    [
        ("port", "0", "greater than or equal to 1"),
        ("port", "eight", "valid integer"),
        ("time_zone", "Asia/Denpasar", "use Asia/Jakarta, Asia/Makassar, Asia/Jayapura"),
        ("default_language", "jv", "'id' or 'en'"),
        ("objection_day_kind", "lunar", "'calendar' or 'working'"),
        ("feedback_min_givers", "1", "greater than or equal to 2"),
        ("plan_approval_deadline", "31-01", "match pattern"),
        ("jobs_backend", "kafka", "'sqlite' or 'redis'"),
        ("production", "perhaps", "valid boolean"),
    ],
)
def test_a_value_out_of_range_is_named(tmp_path, name, value, fault):
    (message,) = refusal(tmp_path, **{f"KINERJA_{name.upper()}": value})

    assert message.startswith(f"The setting {name} is not usable: ")
    assert fault in message


def test_a_table_where_a_value_belongs_is_refused(tmp_path):
    (message,) = refusal(tmp_path, "[port]\nnumber = 3")

    assert message.startswith("The setting port is not usable")


def test_all_faults_are_told_at_once(tmp_path):
    assert len(refusal(tmp_path, "prot = 3\nport = 0", KINERJA_HOSTS="x", KINERJA_MAX_UPLOAD_MB="0")) == 4


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = load(tmp_path).secret_key
    file = tmp_path / "var" / "secret.key"

    assert load(tmp_path).secret_key == first
    assert len(first) >= 48
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in file.parent.iterdir()] == ["secret.key"]


def test_production_needs_a_secret_of_its_own(tmp_path):
    (message,) = refusal(tmp_path, KINERJA_PRODUCTION="true")

    assert "secret_key: required in production, at least 32 characters; set KINERJA_SECRET_KEY" in message
    assert not (tmp_path / "var").exists()
    assert load(tmp_path, KINERJA_PRODUCTION="1", KINERJA_SECRET_KEY="s" * 32).production


def test_secrets_are_not_shown(tmp_path):
    assert "s3cret" not in repr(load(tmp_path, KINERJA_SECRET_KEY="s3cret" * 8))
