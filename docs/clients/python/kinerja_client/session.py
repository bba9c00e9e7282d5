"""Typed operations, written by kinerja_client.generate; not to be edited."""

# ruff: noqa: D101
# fmt: off

from typing import TypedDict

from kinerja_client.operation import Call


class LogInLoginProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class LogInLogin(TypedDict):
    accessToken: str | None
    refreshToken: str | None
    expiresIn: int | None
    problems: list[LogInLoginProblems]


class LogInData(TypedDict):
    login: LogInLogin


class RefreshRefreshProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class RefreshRefresh(TypedDict):
    accessToken: str | None
    refreshToken: str | None
    expiresIn: int | None
    problems: list[RefreshRefreshProblems]


class RefreshData(TypedDict):
    refresh: RefreshRefresh


class LogOutLogoutProblems(TypedDict):
    path: list[str]
    code: str
    message: str


class LogOutLogout(TypedDict):
    problems: list[LogOutLogoutProblems]


class LogOutData(TypedDict):
    logout: LogOutLogout


_LOG_IN = """mutation LogIn($username: String!, $password: String!, $code: String) {
  login(input: { username: $username, password: $password, code: $code }) {
    accessToken
    refreshToken
    expiresIn
    problems {
      path
      code
      message
    }
  }
}"""


def log_in(*, username: str, password: str, code: str | None = None) -> Call[LogInData]:
    """Log in; with the code of the device where the account has a second factor."""
    return Call("LogIn", "mutation", _LOG_IN, {"username": username, "password": password, "code": code})


_REFRESH = """mutation Refresh($token: String!) {
  refresh(input: { refreshToken: $token }) {
    accessToken
    refreshToken
    expiresIn
    problems {
      path
      code
      message
    }
  }
}"""


def refresh(*, token: str) -> Call[RefreshData]:
    """Get new tokens for a refresh token, which works once."""
    return Call("Refresh", "mutation", _REFRESH, {"token": token})


_LOG_OUT = """mutation LogOut {
  logout {
    problems {
      path
      code
      message
    }
  }
}"""


def log_out() -> Call[LogOutData]:
    """End the session."""
    return Call("LogOut", "mutation", _LOG_OUT, {})
