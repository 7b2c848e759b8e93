"""A range of days in the list of events, met by dates as uncertain as they are."""

from urllib.parse import urlencode

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from timeline.dates import BadDate, UncertainDate, read_typed

from .dates import how_to_write, today

NAMES = ("from", "until")
LONGEST = 60  # characters


class DateFilter(admin.ListFilter):
    """Events that may have happened in a range: their bounds overlap with it.

    Days are typed as everywhere on the desk; words are counted from today.
    """

    title = _("when")
    template = "admin/timeline/date_filter.html"

    def __init__(self, request, params, model, model_admin):
        super().__init__(request, params, model, model_admin)
        for name in NAMES:
            if name in params:
                self.used_parameters[name] = params.pop(name)[-1][:LONGEST].strip()
        self.wrong = ""
        self.range = {name: self.read(name) for name in NAMES}

    def read(self, name: str) -> UncertainDate | None:
        text = self.used_parameters.get(name)
        if not text:
            return None
        try:
            return read_typed(text, today()).date
        except BadDate as error:
            self.wrong = how_to_write(error)
            return None

    def expected_parameters(self):
        return list(NAMES)

    def has_output(self):
        return True

    def queryset(self, request, queryset):
        first, last = (self.range[name] for name in NAMES)
        if first or last:
            queryset = queryset.exclude(date="")
        if first and first.earliest is not None:
            late = Q(date_latest__isnull=True) | Q(date_latest__gte=first.earliest)
            queryset = queryset.filter(late)
        if last and last.latest is not None:
            soon = Q(date_earliest__isnull=True) | Q(date_earliest__lte=last.latest)
            queryset = queryset.filter(soon)
        return queryset

    def choices(self, changelist):
        """What the form of the range holds; it is no list of links."""
        kept = changelist.get_query_string(remove=[*NAMES, "p"])
        given = [(name, self.used_parameters.get(name, "")) for name in NAMES]
        yield {
            "given": dict(given),
            "kept": [
                pair
                for pair in changelist.params.items()
                if pair[0] not in (*NAMES, "p", "e")
            ],
            "all": kept,
            "chosen": urlencode(given),
            "wrong": self.wrong,
        }
