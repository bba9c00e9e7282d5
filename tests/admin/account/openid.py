"""A real OpenID provider for tests, and a person at its pages."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urljoin

import requests

from tests.support.node_packages import installed
from tests.support.server import free_port

HERE = Path(__file__).parent / "provider"
REDIRECT = "http://localhost/admin/login/provider/back"


@contextmanager
def provider_running(folder: Path, kind: str = "", redirect: str = REDIRECT) -> Iterator[str]:
    """Start the provider in `folder` and give its issuer."""
    program = folder / "provider.mjs"
    shutil.copy(HERE / "provider.mjs", program)
    (folder / "node_modules").symlink_to(installed(HERE) / "node_modules")
    port = free_port()
    command = ["node", str(program), str(port), redirect, kind]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            told = []
            for line in process.stdout:
                told.append(line)
                if line.strip() == "ready":
                    break
            else:
                raise AssertionError("".join(told))
            yield f"http://127.0.0.1:{port}"
        finally:
            process.kill()


def answered_there(address: str, name: str, redirect: str = REDIRECT) -> str:
    """Log in at the provider as `name` (empty: think better of it) and return the address that it sends back to."""
    with requests.Session() as person:
        for _ in range(15):
            answer = person.get(address, allow_redirects=False, timeout=30)
            while answer.is_redirect:
                address = urljoin(answer.url, answer.headers["Location"])
                if address.startswith(redirect):
                    return address
                answer = person.get(address, allow_redirects=False, timeout=30)
            page = answer.text
            if not name:
                address = urljoin(answer.url, re.search(r'href="([^"]+/abort)"', page).group(1))
                continue
            prompt = re.search(r'name="prompt" value="(\w+)"', page).group(1)
            action = re.search(r'<form[^>]* action="([^"]+)"', page).group(1)
            form = {"prompt": prompt, "login": name, "password": "any"}
            sent = person.post(urljoin(answer.url, action), data=form, allow_redirects=False, timeout=30)
            address = urljoin(answer.url, sent.headers["Location"])
            if address.startswith(redirect):
                return address
    raise AssertionError(f"the provider did not send back: {address}")
