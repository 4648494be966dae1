from django.urls import include, path

from aanmeldingen.views import aanmelding, documenten, postvak

urlpatterns = [
    path("aanmeldingen", postvak.postvak, name="aanmeldingen"),
    path("aanmeldingen/<uuid:kenmerk>", aanmelding.aanmelding, name="aanmelding"),
    path("aanmeldingen/<uuid:kenmerk>/oppakken", aanmelding.oppakken, name="aanmelding_oppakken"),
    path("aanmeldingen/<uuid:kenmerk>/aannemen", aanmelding.aannemen, name="aanmelding_aannemen"),
    path("aanmeldingen/<uuid:kenmerk>/vraag", aanmelding.vraag, name="aanmelding_vraag"),
    path("aanmeldingen/<uuid:kenmerk>/terugsturen", aanmelding.terugsturen, name="aanmelding_terug"),
    path("aanmeldingen/<uuid:kenmerk>/overdracht/<int:pk>", aanmelding.overdracht, name="aanmelding_overdracht"),
    path("aanmeldingen/<uuid:kenmerk>/documenten/<uuid:document>", documenten.document, name="aanmelding_document"),
    path("api/v1/", include("aanmeldingen.api.urls")),
]
