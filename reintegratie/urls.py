"""All addresses: each room brings its own."""

from django.urls import include, path

urlpatterns = [path("", include(f"{kamer}.urls")) for kamer in ("kern", "aanmeldingen")]
