"""Choices that are looked for as one types, and know what is chosen without asking."""

from django.contrib.admin.widgets import AutocompleteSelect


class KnownSelect(AutocompleteSelect):
    """A choice whose present value was read with the rest of the page."""

    known = None  # the row that is chosen, where it is at hand

    def optgroups(self, name, value, attr=None):
        if self.known is None or list(map(str, value)) != [str(self.known.pk)]:
            return super().optgroups(name, value, attr)
        options = [self.create_option(name, self.known.pk, str(self.known), True, 0)]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", False, 0))
        return [(None, options, 0)]
