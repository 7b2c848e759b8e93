"""Imported first by benchmarks that need Django: sets it up, without query logs."""

import os

import django
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()
settings.DEBUG = False
