"""Transfer: stories in and out of the desk."""

from .loading import Loading, marked_for_publication

__all__ = ["Loading", "marked_for_publication"]
