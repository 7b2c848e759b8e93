"""Pages of long lists: what lies far ahead is not counted, only that there is more."""

from functools import cached_property

from django.core.paginator import Paginator

from .numbers import number

AHEAD = 1000  # rows that are counted beyond the page that is looked at


class PageByPage(Paginator):
    """Counts as far as the next pages reach; `is_more` says that it stopped there."""

    def __init__(self, *args, page: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.reach = page * self.per_page + AHEAD

    @cached_property
    def counted(self) -> int:
        rows = self.object_list.order_by().values("pk")[: self.reach + 1]
        return rows.count()

    @property
    def is_more(self) -> bool:
        return self.counted > self.reach

    @cached_property
    def count(self) -> int:
        return min(self.counted, self.reach)


class PagesMixin:
    """Lists whose rows are never all counted."""

    list_per_page = 50
    show_full_result_count = False

    def get_paginator(self, request, queryset, per_page, *args, **kwargs):
        asked = request.GET.get("p") or request.GET.get("page") or "1"
        page = number(asked, digits=7) or 1
        return PageByPage(queryset, per_page, *args, page=page, **kwargs)
