"""What every verb of the desk may answer in place of doing what was asked."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.translation import gettext as _

from timeline.models import Act

# Characters of a note: the columns have room for what a verb says before it as well.
LONGEST = 4000


class Refused(Exception):
    """What was asked cannot be done; `sentences` say why and what to do."""

    def __init__(self, *sentences: str):
        super().__init__(" ".join(sentences))
        self.sentences = list(sentences)


class Stale(Refused):
    """Somebody else saved the same thing since it was read."""

    def __init__(self, thing):
        super().__init__(
            _(
                "Somebody else saved “%(thing)s” after you opened it. Nothing was "
                "done, and what you entered here is kept: look at the newest version "
                "first, and carry your changes over."
            )
            % {"thing": thing}
        )


def require(by, *permissions: str) -> None:
    """`PermissionDenied` unless `by` may; None is the command line, which may all."""
    if by is not None and not by.has_perms(permissions):
        raise PermissionDenied(_("Your account may not do this: ask an editor."))


def cleaned(text: str) -> str:
    """A note or a reason as the desk stores its prose; `Refused` where it cannot."""
    try:
        text = Act._meta.get_field("reason").to_python(text).strip()
    except ValidationError as error:
        raise Refused(*error.messages) from error
    if len(text) > LONGEST:
        raise Refused(
            _(
                "A note or a reason has %(most)d characters at most, and this one has "
                "%(count)d: shorten it."
            )
            % {"most": LONGEST, "count": len(text)}
        )
    return text
