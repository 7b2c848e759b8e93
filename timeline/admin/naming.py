"""Web names typed in forms: not one by which readers know something else."""

from timeline.models.record import ThingName


def named_something_else(row) -> bool:
    """Whether the record gave the web name of `row` to another thing of its kind."""
    return (
        ThingName.objects.filter(noun=row._meta.model_name, name=row.slug)
        .exclude(thing=row.public_id)
        .exists()
    )
