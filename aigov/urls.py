"""All addresses: the app's own, the accounts, the admin and the API documentation."""

from allauth.account.decorators import secure_admin_login
from django.urls import include, path
from drf_spectacular.views import SpectacularSwaggerSplitView

from annotations.admin import site

site.login = secure_admin_login(site.login)  # type: ignore[method-assign]  # one login page, with its limits

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("admin/", site.urls),
    path("api/docs/", SpectacularSwaggerSplitView.as_view(url_name="api_schema"), name="api_docs"),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("annotations.urls")),
]
