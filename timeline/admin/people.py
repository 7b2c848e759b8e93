"""People of the desk: invited, given their roles and closed by a chief editor."""

import secrets

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.contrib.auth.models import Group, Permission, User
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .accounts import invite
from .searching import SearchMixin

ROLE = gettext_lazy("role")


def beyond(user):
    """The permissions that an account does not have itself."""
    if user.is_superuser:
        return Permission.objects.none()
    return Permission.objects.exclude(group__user=user).exclude(user=user)


class NewPersonForm(forms.ModelForm):
    """A new account: its password comes by a link."""

    class Meta:
        model = User
        fields = ("username", "first_name", "last_name", "email", "groups")


class PersonForm(UserChangeForm):
    """An account as a chief editor may change it."""

    def clean_is_active(self):
        active = self.cleaned_data["is_active"]
        if not active and self.instance.pk == self.asking:
            raise ValidationError(_("Somebody else has to close your account."))
        return active


admin.site.unregister(User)


@admin.register(User)
class PeopleAdmin(SearchMixin, UserAdmin):
    """Nobody gives what they do not have, or changes who may do more than they."""

    form = PersonForm
    add_form = NewPersonForm
    add_form_template = None
    list_display = ("username", "first_name", "last_name", "role", "email", "is_active")
    list_filter = ("is_active", "groups")
    list_per_page = 50
    show_full_result_count = False
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        (_("Who it is"), {"fields": (("first_name", "last_name"), "email")}),
        (_("What they may do"), {"fields": ("groups", "is_active")}),
        (_("On the desk"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", ("first_name", "last_name"), "email")}),
        (_("What they may do"), {"fields": ("groups",)}),
    )
    readonly_fields = ("last_login", "date_joined")

    @admin.display(description=ROLE)
    def role(self, user):
        return ", ".join(group.name for group in user.groups.all())

    def get_queryset(self, request):
        people = super().get_queryset(request).prefetch_related("groups")
        if request.user.is_superuser:
            return people
        more = beyond(request.user)
        return (
            people.exclude(is_superuser=True)
            .exclude(groups__permissions__in=more)
            .exclude(user_permissions__in=more)
        )

    def has_delete_permission(self, request, obj=None):
        """An account is closed and never deleted: the desk knows who did what."""
        return False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.asking = request.user.pk
        return form

    def formfield_for_manytomany(self, db_field, request=None, **kwargs):
        if db_field.name == "groups":
            more = beyond(request.user)
            kwargs["queryset"] = Group.objects.exclude(permissions__in=more)
            kwargs["widget"] = forms.CheckboxSelectMultiple
            kwargs["label"] = _("Role")
            kwargs["help_text"] = ""
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.is_staff = True
            obj.set_password(secrets.token_urlsafe(24))  # known to nobody
        super().save_model(request, obj, form, change)

    def response_add(self, request, obj, post_url_continue=None):
        """To their page, where a password can be set if no mail can be sent."""
        if settings.DATELINE_HAS_MAIL and obj.email:
            self.send_invitation(request, obj)
        else:
            told = _(
                "No mail was sent: set a password on this page and hand it over, or "
                "have a link made with “manage.py password_link %s”."
            )
            self.message_user(request, told % obj, messages.WARNING)
        return super().response_add(request, obj, post_url_continue)

    def send_invitation(self, request, person):
        try:
            invite(person)
        except OSError:
            told = _(
                "The mail to %s could not be sent: the mail server did not answer."
            )
            self.message_user(request, told % person.email, messages.ERROR)
        else:
            told = _("A link to choose a password was sent to %s.")
            self.message_user(request, told % person.email, messages.SUCCESS)
