"""Who may make an account, how second factors are kept, and that staff must have one where the site is public."""

from collections.abc import Callable

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from aigov.sealing import box
from aigov.trouble import problem

SECOND_FACTOR = "second factor"
OPEN_TO_STAFF = ("/accounts/", "/static/", "/healthz", "/i18n/")


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up is closed unless AIGOV_OPEN_SIGNUP says otherwise; accounts come by invitation."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Whether the sign-up page takes a stranger."""
        return bool(settings.AIGOV_OPEN_SIGNUP)


class MfaAdapter(DefaultMFAAdapter):
    """Keeps second-factor secrets encrypted, so that a copy of the database alone does not give them away."""

    def encrypt(self, text: str) -> str:
        """The token stored in the database."""
        return box(SECOND_FACTOR).encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret; keys of SECRET_KEY_FALLBACKS still open what they closed."""
        return box(SECOND_FACTOR).decrypt(encrypted_text.encode()).decode()


class StaffMfaMiddleware:
    """With AIGOV_HTTPS=1, staff without a second factor reach only the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.HTTPS or request.path.startswith(OPEN_TO_STAFF) or not lacks_second_factor(request):
            return self.get_response(request)
        detail = _("Staff accounts need a second factor here. Set one up under Account, then go on.")
        if request.path.startswith("/api/"):
            return problem(403, "needs_mfa", _("Forbidden"), detail)
        messages.warning(request, detail)
        return redirect("mfa_index")


def lacks_second_factor(request: HttpRequest) -> bool:
    """True for a signed-in staff member with neither an authenticator app nor a passkey."""
    user = request.user
    return user.is_authenticated and user.is_staff and not MfaAdapter().is_mfa_enabled(user)
