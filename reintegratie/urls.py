"""All addresses: each room brings its own."""

from django.urls import include, path

from reintegratie.views.vandaag import vandaag

KAMERS = ("kern", "organisatie")

urlpatterns = [path("", vandaag, name="vandaag"), *(path("", include(f"{kamer}.urls")) for kamer in KAMERS)]

handler400 = "kern.views.fouten.onjuist"
handler403 = "kern.views.fouten.geen_toegang"
handler404 = "kern.views.fouten.niet_gevonden"
handler500 = "kern.views.fouten.fout"
