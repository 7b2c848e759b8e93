"""Any list of the desk as a file: CSV, or a workbook of a spreadsheet program.

A cell is text or a number and never a formula, whatever somebody entered.
"""

import csv
from io import BytesIO, StringIO

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from .columns import COLUMNS

MOST_ROWS = 20_000
# As typed on any keyboard: spreadsheets take the wide forms for the narrow ones.
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
OF_A_PAGE = ("p", "all", "e")  # what an address asks of a page, and not of a file


class Table(base_formats.CSV):
    """CSV, RFC 4180; its mark at the start tells spreadsheets that it is UTF-8."""

    def get_content_type(self):
        return "text/csv; charset=utf-8"

    def export_data(self, dataset, **kwargs):
        text = StringIO()
        lines = csv.writer(text, lineterminator="\r\n")
        lines.writerow(dataset.headers)
        lines.writerows([plain(value) for value in row] for row in dataset)
        return text.getvalue().encode("utf-8-sig")


class Sheet(base_formats.XLSX):
    """A workbook of one sheet, with the headings in sight."""

    def export_data(self, dataset, **kwargs):
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("List"))
        sheet.freeze_panes = "A2"
        headings = [text_cell(sheet, heading) for heading in dataset.headers]
        for cell in headings:
            cell.font = Font(bold=True)
        sheet.append(headings)
        for row in dataset:
            sheet.append([sheet_cell(sheet, value) for value in row])
        written = BytesIO()
        book.save(written)
        return written.getvalue()


FORMATS = {"csv": Table, "xlsx": Sheet}


def plain(value) -> str | int:
    """A value as text that no spreadsheet takes for a formula."""
    if isinstance(value, int):
        return value
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def sheet_cell(sheet, value):
    return value if isinstance(value, int) else text_cell(sheet, str(value))


def text_cell(sheet, text: str) -> WriteOnlyCell:
    """A cell that is text, also where it begins like a formula."""
    cell = WriteOnlyCell(
        sheet, ILLEGAL_CHARACTERS_RE.sub("\N{REPLACEMENT CHARACTER}", text)
    )
    cell.data_type = "s"
    return cell


class FilesMixin:
    """Lists that are had as files by whoever may look at them, as they are filtered."""

    def get_urls(self):
        wrap = self.admin_site.admin_view
        files = [
            path(
                f"file/{kind}/",
                wrap(self.file_view),
                {"kind": kind},
                name=f"{self.name_of_list}_{kind}",
            )
            for kind in FORMATS
        ]
        return [*files, *super().get_urls()]

    @property
    def name_of_list(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def changelist_view(self, request, extra_context=None):
        asked = request.GET.copy()
        for name in OF_A_PAGE:
            asked.pop(name, None)
        files = [
            (
                kind.upper(),
                reverse(f"admin:{self.name_of_list}_{kind}", query=asked or None),
            )
            for kind in FORMATS
        ]
        return super().changelist_view(
            request, {"files": files, **(extra_context or {})}
        )

    def file_view(self, request, kind):
        """A list as a file, or back to the list where it cannot be one."""
        if not self.has_view_or_change_permission(request):
            raise PermissionDenied
        back = reverse(f"admin:{self.name_of_list}_changelist", query=request.GET)
        rows = self.rows_asked_for(request)
        if rows is None:
            return HttpResponseRedirect(back)
        if rows[MOST_ROWS : MOST_ROWS + 1].exists():
            told = _("A file has %d rows at most: filter the list first.")
            self.message_user(request, told % MOST_ROWS, messages.ERROR)
            return HttpResponseRedirect(back)
        return self.as_file(rows, FORMATS[kind]())

    def rows_asked_for(self, request):
        """What the list would show on all its pages; None where it shows nothing."""
        if any("\0" in text for text in request.GET.values()):
            return None
        try:
            return self.get_changelist_instance(request).queryset
        except IncorrectLookupParameters:
            return None

    def as_file(self, rows, form):
        """These rows, written and ready to be kept."""
        dataset = COLUMNS[self.model]().export(rows)
        name = f"{self.opts.model_name}-{timezone.localdate().isoformat()}"
        kept = f'attachment; filename="{name}.{form.get_extension()}"'
        return HttpResponse(
            form.export_data(dataset),
            content_type=form.get_content_type(),
            headers={"Content-Disposition": kept, "Cache-Control": "no-store"},
        )
