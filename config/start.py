"""Refuses to serve while the configuration has faults, and says which."""

import sys

import django
from django.core.checks import ERROR, run_checks

# What gunicorn takes for “cannot start”: it stops, and does not try again for ever.
CANNOT_START = 3


def refuse_faults() -> None:
    """Ends the process where a system check found an error."""
    django.setup()
    found = run_checks()
    found += run_checks(tags=["serving"], include_deployment_checks=True)
    errors = [message for message in found if message.is_serious(ERROR)]
    for error in errors:
        print(f"Not started: {error.msg} {error.hint} ({error.id})", file=sys.stderr)
    if errors:
        raise SystemExit(CANNOT_START)
