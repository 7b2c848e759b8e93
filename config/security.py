"""The Content-Security-Policy of every page: nothing from elsewhere, nothing inline but
the one stylesheet of the public pages, which it names by its digest.
"""

from django.conf import settings

from timeline.styles import style_source

HEADER = "Content-Security-Policy"
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src {styles}",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


class ContentSecurityPolicyMiddleware:
    """Adds the policy to every answer that does not bring one of its own."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if not is_developers_error_page(response):
            policy = POLICY.format(styles=style_source())
            response.headers.setdefault(HEADER, policy)
        return response


def is_developers_error_page(response) -> bool:
    """Whether this is the framework's page for debugging, which styles itself."""
    return settings.DEBUG and response.status_code in (404, 500)
