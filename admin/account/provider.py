"""The institution's own OpenID provider: sending a browser there, and reading what it says when it comes back.

Discovery, PKCE, state, nonce, the signature and its keys are Authlib's work; here stands what is asked, how long it may
take, and what each failure is called.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import requests
from authlib.integrations.base_client.errors import MismatchingStateError
from authlib.integrations.flask_client import FlaskIntegration, OAuth, OAuthError
from flask import current_app, url_for
from joserfc.errors import JoseError

from core.errors import refuse
from core.i18n import N_
from core.registry import active_registry
from core.settings import Settings

log = logging.getLogger(__name__)

_KEPT = "kinerja_provider"
_SECONDS_TO_ANSWER = 10
_SIGNATURES = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
"""Signatures by a key of the provider's own: neither none at all, nor by a secret that others may hold."""


class _States(FlaskIntegration):
    """States of log-ins under way, which the library keeps in the cookie; one that is too old is none."""

    expires_in = 600

    def get_state_data(self, session: Any, state: Any) -> Any:
        """Return what was kept under a state."""
        self._clear_session_state(session)
        return super().get_state_data(session, state)


class _Client(OAuth):
    framework_integration_cls = _States


def is_offered() -> bool:
    """Whether the settings name a provider."""
    return bool(active_registry().settings.oidc_issuer)


def send_there() -> Any:
    """Return the answer that sends this browser to the provider."""
    settings = active_registry().settings
    with _told():
        client = _client(settings)
        # Behind a proxy the request itself is plain HTTP, but the provider knows the address that browsers see.
        scheme = "https" if settings.production else None
        return client.authorize_redirect(url_for("admin.provider_back", _external=True, _scheme=scheme))


def username_told() -> str:
    """Return the username that the provider vouches for in the present request, in which the browser comes back."""
    settings = active_registry().settings
    with _told():
        client = _client(settings)
        expected = {
            "iss": {"essential": True, "values": [client.server_metadata["issuer"]]},
            "aud": {"essential": True, "values": [settings.oidc_client_id]},
        }
        token = client.authorize_access_token(claims_options=expected)
        claims = token["userinfo"]
        if settings.oidc_claim not in claims:
            more = client.userinfo(token=token)
            claims = more if more["sub"] == claims["sub"] else {}
        found = claims.get(settings.oidc_claim)
    if not isinstance(found, str) or not found.strip():
        raise refuse(
            "OIDC_NO_CLAIM",
            N_("{provider} does not tell your user name ({claim}). Your administrator has to set that up there."),
            "input",
            provider=settings.oidc_name,
            claim=settings.oidc_claim,
        )
    return found


def _client(settings: Settings) -> Any:
    """Return Authlib's client, made once, with what the provider says of itself."""
    client: Any = current_app.extensions.get(_KEPT)
    if client is None:
        registered: Any = _Client(current_app).register(
            "provider",
            client_id=settings.oidc_client_id,
            client_secret=settings.oidc_client_secret or None,
            server_metadata_url=f"{settings.oidc_issuer.rstrip('/')}/.well-known/openid-configuration",
            client_kwargs={
                "scope": "openid profile email",
                "code_challenge_method": "S256",
                "default_timeout": _SECONDS_TO_ANSWER,
                **({} if settings.oidc_client_secret else {"token_endpoint_auth_method": "none"}),
            },
        )
        about = registered.load_server_metadata()
        if str(about.get("issuer", "")).rstrip("/") != settings.oidc_issuer.rstrip("/"):
            raise ValueError(f"the provider calls itself {about.get('issuer')!r}, not {settings.oidc_issuer!r}")
        offered = about.get("id_token_signing_alg_values_supported", ["RS256"])
        about["id_token_signing_alg_values_supported"] = sorted(_SIGNATURES.intersection(offered))
        client = current_app.extensions[_KEPT] = registered
    return client


@contextmanager
def _told() -> Iterator[None]:
    """Turn what can go wrong between us and the provider into refusals, and say the rest in the log."""
    name = active_registry().settings.oidc_name
    try:
        yield
    except MismatchingStateError:
        raise refuse(
            "OIDC_STATE_GONE",
            N_("The log-in at {provider} took too long or was begun elsewhere. Begin again here."),
            "input",
            provider=name,
        ) from None
    except OAuthError as error:
        log.warning("the OpenID provider refuses: %s", error)
        raise refuse(
            "OIDC_REFUSED",
            N_("{provider} did not log you in ({error}). Try again, or log in with your password."),
            "input",
            provider=name,
            error=str(error.error)[:100],
        ) from None
    except requests.RequestException as error:
        log.warning("the OpenID provider does not answer: %s", error)
        raise refuse(
            "OIDC_AWAY",
            N_("{provider} does not answer. Try again in a moment, or log in with your password."),
            "input",
            provider=name,
        ) from None
    except (JoseError, KeyError, RuntimeError, TypeError, ValueError) as error:
        log.exception("the OpenID provider's answer is not believed")
        raise refuse(
            "OIDC_NOT_BELIEVED",
            N_(
                "What {provider} says is not right. Log in with your password; your administrator finds why in the log."
            ),
            "input",
            provider=name,
        ) from error
