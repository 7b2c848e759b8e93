"""What a ASGI server serves."""

import os

from django.core.asgi import get_asgi_application

from config.start import refuse_faults

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

refuse_faults()
application = get_asgi_application()
