"""Accounts and memberships in the admin."""

from allauth.account.admin import EmailAddress
from allauth.mfa.admin import Authenticator
from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Group
from django.db import transaction

from planning import audit
from planning.enums import Role
from planning.models import Membership, User

from .scoped import AuditedAdmin, ScopedAdmin

# What a person may do comes from memberships; the address is the account's; a second step is its owner's.
admin.site.unregister([Group, EmailAddress, Authenticator])


@admin.register(User)
class AccountAdmin(AuditedAdmin, UserAdmin):
    """The account itself is shared by all entities where it works: only a superuser touches it."""

    ordering = ["email"]
    list_display = ["email", "post", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff", "memberships__role", "memberships__entity"]
    search_fields = ["email", "post"]
    readonly_fields = ["last_login", "date_joined"]
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["email", "post", "password"]}),
        ("Acceso", {"fields": ["is_active", "is_staff", "is_superuser", "last_login", "date_joined"]}),
    ]
    add_fieldsets = [(None, {"fields": ["email", "post", "usable_password", "password1", "password2"]})]

    def has_module_permission(self, request):
        return request.user.is_staff and request.user.has_perm("planning.edit_account")

    def has_view_permission(self, request, obj=None):
        # An administrator chooses among accounts when giving a membership, and reads no more of them.
        return self.has_module_permission(request) or self._is_picker(request)

    def has_change_permission(self, request, obj=None):
        return self.has_module_permission(request)

    has_add_permission = has_module_permission

    def has_delete_permission(self, request, obj=None):
        return False  # who leaves is made inactive: the trail speaks of the account for ever

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.user.is_superuser:
            return queryset
        return queryset.filter(is_superuser=False) if self._is_picker(request) else queryset.none()

    @transaction.atomic
    def user_change_password(self, request, id, form_url=""):
        user = self.get_object(request, id)
        before = user.password if user else None
        response = super().user_change_password(request, id, form_url)
        after = User.objects.filter(pk=id).first()
        if after and after.password != before:
            audit.record(None, after, "password", by=request.user)
        return response

    def _is_picker(self, request):
        return request.path.endswith("/autocomplete/") and bool(request.user.entity_ids_as(Role.ADMINISTRATOR))


class MembershipForm(forms.ModelForm):
    """A person can only answer for offices of the entity that the membership names."""

    def clean(self):
        data = super().clean()
        entity = data.get("entity")
        offices = data.get("offices", ()) if entity else ()
        if strangers := [office.name for office in offices if office.entity_id != entity.pk]:
            self.add_error("offices", f"No son de {entity}: {', '.join(strangers)}.")
        return data


@admin.register(Membership)
class MembershipAdmin(ScopedAdmin):
    edit_rule = "planning.edit_membership"
    form = MembershipForm
    list_display = ["user", "role", "entity", "valid_from", "valid_to"]
    list_filter = ["entity", "role"]
    search_fields = ["user__email", "user__post"]
    autocomplete_fields = ["user", "entity", "offices"]
    list_select_related = ["user", "entity"]

    def has_module_permission(self, request):
        user = request.user
        return user.is_staff and (user.is_superuser or bool(user.entity_ids_as(Role.ADMINISTRATOR)))

    def get_queryset(self, request):
        return super().get_queryset(request).filter(pk__in=Membership.objects.visible_to(request.user))

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name == "user":
            return super(ScopedAdmin, self).formfield_for_foreignkey(
                db_field, request, queryset=User.objects.filter(is_active=True), **kwargs
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
