"""Login and account pages: allauth's views at addresses in Spanish."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from django.urls import path, re_path
from django.views.generic import RedirectView

from planning import views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("ingresar/", account.login, name="account_login"),
    path("salir/", account.logout, name="account_logout"),
    path("enlaces/<slug:entity>/", views.sign_in_links, name="sign_in_links"),
    path("enlace/<slug:entity>/<str:token>/", views.sign_in_by_link, name="sign_in_by_link"),
    path("registro/", account.signup, name="account_signup"),
    path("confirmar-identidad/", account.reauthenticate, name="account_reauthenticate"),
    path("inactiva/", account.account_inactive, name="account_inactive"),
    path("contrasena/cambiar/", account.password_change, name="account_change_password"),
    path("contrasena/definir/", account.password_set, name="account_set_password"),
    path("contrasena/nueva/", views.PasswordAfterLinkView.as_view(), name="account_password_after_link"),
    path("contrasena/recuperar/", account.password_reset, name="account_reset_password"),
    path("contrasena/recuperar/enviado/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^contrasena/recuperar/clave/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "contrasena/recuperar/listo/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    # The address belongs to the post: an administrator changes it, with its trace, in the admin.
    path("correos/", RedirectView.as_view(pattern_name="account_home"), name="account_email"),
    path("segundo-paso/", mfa.index, name="mfa_index"),
    path("segundo-paso/ingresar/", mfa.authenticate, name="mfa_authenticate"),
    path("segundo-paso/confirmar/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("segundo-paso/aplicacion/activar/", totp.activate_totp, name="mfa_activate_totp"),
    path("segundo-paso/aplicacion/desactivar/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("segundo-paso/codigos/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "segundo-paso/codigos/generar/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "segundo-paso/codigos/descargar/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
]
