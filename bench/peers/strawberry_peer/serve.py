"""The WSGI application of the strawberry-django peer, run by granian in a virtual environment of its own."""

import os
from urllib.parse import urlsplit

from django.conf import settings
from django.core.wsgi import get_wsgi_application

_URL = urlsplit(os.environ["BENCH_DATABASE_URL"])
settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": _URL.path.lstrip("/"),
            "HOST": _URL.hostname,
            "PORT": _URL.port or 5432,
            "USER": _URL.username,
            "PASSWORD": _URL.password,
            "CONN_MAX_AGE": None,
        }
    },
    INSTALLED_APPS=["strawberry_django", "strawberry_peer"],
    ROOT_URLCONF="strawberry_peer.urls",
    ALLOWED_HOSTS=["127.0.0.1"],
    SECRET_KEY="bench",
    DEBUG=False,
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.AutoField",
)
application = get_wsgi_application()
