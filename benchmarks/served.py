"""The project for a server, as in production but for collected stylesheets."""

import os

os.environ.setdefault("DEBUG", "1")  # while it starts; `ready` takes it back

from django.core.wsgi import get_wsgi_application

import benchmarks.ready  # noqa: F401
from config.memory import keep_memory

keep_memory()
application = get_wsgi_application()
