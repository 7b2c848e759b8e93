"""The desk, by hand and in Chromium."""

import config.urls  # noqa: F401  with the addresses, the pages of the desk are found
