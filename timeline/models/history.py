"""What each save left of every row of the desk, beside the row's own table.

Rows of history are written by `timeline.editing.recording`, which listens while a
save goes on; what is written past it is found at the next save.
"""

from contextvars import ContextVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from .fields import LineField, UncertainDateField

WHY_LENGTH = 300
# Not an edit, and yet part of what a row is.
KEPT = ("public_id", "key")

# What is told of each row that is written or deleted; None while no save goes on.
listener: ContextVar = ContextVar("listener", default=None)


class SaveRow(models.Model):
    """What every row of history also says: of whose save it is part.

    `root_id` and `saved_version` name the save: the thing that was saved as a whole,
    and the version that the save gave it.
    """

    root_id = models.BigIntegerField()
    saved_version = models.PositiveIntegerField()
    by_name = models.CharField(_("name then"), max_length=200, default="")
    erased = models.BooleanField(default=False)

    class Meta:
        abstract = True


class DeskHistory(HistoricalRecords):
    """The history of a model, without the columns that no editor writes."""

    def __init__(self):
        super().__init__(
            bases=(SaveRow,),
            history_id_field=models.BigAutoField(),
            history_change_reason_field=LineField(
                _("why"), max_length=WHY_LENGTH, blank=True, default=""
            ),
            inherit=True,
        )

    def fields_included(self, model):
        """All that forms write, and what makes a row that row."""
        left_out = getattr(model, "NOT_IN_HISTORY", ())
        return [
            field
            for field in model._meta.fields
            if (field.editable or field.primary_key or field.name in KEPT)
            and field.name not in left_out
        ]

    def copy_fields(self, model):
        """Dates as their text; no index, nor anything that only a form would ask."""
        fields = super().copy_fields(model)
        for field in self.fields_included(model):
            if isinstance(field, UncertainDateField):
                fields[field.name] = as_text(field)
        for field in fields.values():
            field.db_index = False
            field.help_text, field.choices, field._validators = "", None, []
        return fields

    def _get_history_change_reason_field(self):
        """One of its own for each table: they would share it otherwise."""
        return super()._get_history_change_reason_field().clone()

    def get_extra_fields(self, model, fields):
        name = model._meta.object_name
        return super().get_extra_fields(model, fields) | {
            "__doc__": f"One row is a row of {name} as one save left it.",
            "history_date": models.DateTimeField(),
        }

    def get_meta_options(self, model):
        table = model._meta.model_name
        return super().get_meta_options(model) | {
            "default_permissions": (),
            "ordering": ("-history_id",),
            "indexes": [
                models.Index(fields=["root_id", "saved_version"], name=f"{table}_saves")
            ],
        }

    def post_save(self, instance, created, using=None, **kwargs):
        """Tell whoever listens; also of rows that are loaded from a file."""
        if open_recording := listener.get():
            open_recording.note(instance, "+" if created else "~")

    def post_delete(self, instance, using=None, **kwargs):
        if open_recording := listener.get():
            open_recording.note(instance, "-")


def as_text(field: UncertainDateField) -> models.CharField:
    """A plain column for the text of a date."""
    plain = models.CharField(
        field.verbose_name, max_length=field.max_length, blank=True, default=""
    )
    plain.name = plain.attname = field.name
    return plain


def values_of(row) -> dict:
    """What a row of the desk holds, by the columns of its history."""
    held = {
        field.attname: getattr(row, field.attname)
        for field in type(row).history.model.tracked_fields
    }
    return held | {
        field.attname: field.get_prep_value(held[field.attname])
        for field in type(row).history.model.tracked_fields
        if isinstance(field, UncertainDateField)
    }
