"""The ordinary application, for a server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.ordinary.settings"
application = get_wsgi_application()
