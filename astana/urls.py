from django.contrib import admin
from django.urls import include, path

handler400 = "astana.errors.bad_request"
handler500 = "astana.errors.server_error"

urlpatterns = [
    path("", include("rounds.urls")),
    path("nested_admin/", include("nested_admin.urls")),
    path("admin/", admin.site.urls),
]
