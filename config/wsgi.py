"""What a WSGI server serves."""

import os

from django.core.wsgi import get_wsgi_application

from config.memory import keep_memory
from config.start import refuse_faults

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

refuse_faults()
keep_memory()
application = get_wsgi_application()
