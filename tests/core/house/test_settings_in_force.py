"""Settings as people may read them: where each came from, and no secret among them."""

from pathlib import Path

import pytest

from admin import plugin as back_office
from core.i18n import has_translation, load_translations
from core.masking import is_secret, masked, masked_address
from core.settings import Settings, load_settings
from core.settings_in_force import Origin, settings_in_force

SECRET = "hunter2-is-a-secret-of-more-than-32-characters"


def test_each_value_names_where_it_came_from(tmp_path):
    file = tmp_path / "kinerja.toml"
    file.write_text('institution_name = "Kota Contoh"\nthreads = 3\n[training]\napi_password = "abcdef"\n', "utf-8")
    given = {
        "KINERJA_CONFIG": str(file),
        "KINERJA_PORT": "8123",
        "KINERJA_THREADS": "5",
        "KINERJA_VAR_DIR": str(tmp_path),
    }

    settings = load_settings(given)
    lines = {line.name: line for line in settings_in_force(settings, given)}

    assert (lines["institution_name"].value, lines["institution_name"].origin) == ("Kota Contoh", Origin.FILE)
    assert (lines["port"].value, lines["port"].origin) == ("8123", Origin.ENVIRONMENT)
    assert (lines["threads"].value, lines["threads"].origin) == ("5", Origin.ENVIRONMENT)
    assert (lines["workers"].value, lines["workers"].origin) == ("1", Origin.DEFAULT)
    assert (lines["secret_key"].value, lines["secret_key"].origin) == ("…", Origin.GENERATED)
    assert (lines["training.api_password"].value, lines["training.api_password"].origin) == ("…", Origin.FILE)
    assert (lines["metrics_token"].value, lines["plugins"].value) == (None, None)


def test_no_secret_is_among_them():
    settings = Settings(
        secret_key=SECRET,
        metrics_token=SECRET,
        database_url=f"postgresql://kinerja:{SECRET}@db:5432/kinerja?password={SECRET}",
        redis_url=f"redis://:{SECRET}@cache/0",
        sections={"training": {"token": SECRET, "url": f"https://x:{SECRET}@h/", "inner": {"password": SECRET}}},
    )

    lines = settings_in_force(settings, {})

    assert [line.name for line in lines if SECRET in str(line.value)] == []
    values = {line.name: line.value for line in lines}
    assert values["database_url"] == "postgresql://…@db:5432/kinerja?password=…"
    assert values["redis_url"] == "redis://…@cache/0"
    assert values["training.url"] == "https://…@h/"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("could not reach postgresql://a:b@c/d now", "could not reach postgresql://…@c/d now"),
        ("password=abc next", "password=… next"),
        ('{"token": "abc"}', '{"token": "abc"}'.replace('"abc"', "…")),
        ("Authorization: Bearer abc", "Authorization: Bearer …"),
        (f"bad key {SECRET}", "bad key …"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_secrets_are_taken_out_of_texts(text, expected):
    assert masked(text, Settings(secret_key=SECRET)) == expected


def test_an_address_keeps_what_is_no_secret():
    assert masked_address("https://example.org/in?token=a&page=2#x") == "https://example.org/in?token=…&page=2"
    assert masked_address("https://u:p@s@example.org/") == "https://…@example.org/"
    assert masked_address("not an address") == "not an address"


def test_names_tell_secrets():
    assert all(is_secret(name) for name in ("secret_key", "metrics_token", "oidc_client_secret", "db_password"))
    assert not any(is_secret(name) for name in ("database_url", "port", "plugins"))


def test_what_each_setting_is_for_is_there_in_indonesian():
    load_translations(Path(back_office.__file__).parent / "translations")

    lacking = [
        name
        for name, field in Settings.model_fields.items()
        if name != "sections" and not has_translation(field.description or "", "id")
    ]

    assert lacking == []
