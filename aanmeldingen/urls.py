from django.urls import include, path

from aanmeldingen.views import aanleveringen, aanmelding, clients, documenten, kengetal, postvak, routebeheer, routes

urlpatterns = [
    path("aanmeldingen", postvak.postvak, name="aanmeldingen"),
    path("aanmeldingen/eerste-keer-goed", kengetal.eerste_keer_goed, name="eerste_keer_goed"),
    path("aanmeldingen/<uuid:kenmerk>", aanmelding.aanmelding, name="aanmelding"),
    path("aanmeldingen/<uuid:kenmerk>/oppakken", aanmelding.oppakken, name="aanmelding_oppakken"),
    path("aanmeldingen/<uuid:kenmerk>/aannemen", aanmelding.aannemen, name="aanmelding_aannemen"),
    path("aanmeldingen/<uuid:kenmerk>/vraag", aanmelding.vraag, name="aanmelding_vraag"),
    path("aanmeldingen/<uuid:kenmerk>/terugsturen", aanmelding.terugsturen, name="aanmelding_terug"),
    path("aanmeldingen/<uuid:kenmerk>/overdracht/<int:pk>", aanmelding.overdracht, name="aanmelding_overdracht"),
    path("beheer/aanleveringen", aanleveringen.aanleveringen, name="aanleveringen"),
    path("beheer/aanleveringen/<uuid:kenmerk>", aanleveringen.aanlevering, name="aanlevering"),
    path(
        "beheer/aanleveringen/<uuid:kenmerk>/antwoord",
        aanleveringen.aanlevering_antwoord,
        name="aanlevering_antwoord",
    ),
    path("beheer/routes", routes.overzicht, name="routes"),
    path("beheer/routes/nieuw", routebeheer.maken, name="route_maken"),
    path("beheer/routes/voorstellen/<int:pk>", routes.voorstel, name="route_voorstel"),
    path("beheer/routes/<slug:code>", routes.route, name="route"),
    path("beheer/routes/<slug:code>/nieuw", routes.nieuw, name="route_nieuw"),
    path("beheer/routes/<slug:code>/wijzigen", routebeheer.wijzigen, name="route_wijzigen"),
    path("aanmeldingen/<uuid:kenmerk>/documenten/<uuid:document>", documenten.document, name="aanmelding_document"),
    path("beheer/clients", clients.clients, name="clients"),
    path("beheer/clients/nieuw", clients.nieuw, name="client_nieuw"),
    path("beheer/clients/<int:pk>", clients.client, name="client"),
    path("beheer/clients/<int:pk>/wijzigen", clients.wijzigen, name="client_wijzigen"),
    path("beheer/clients/<int:pk>/stopzetten", clients.stopzetten, name="client_stopzetten"),
    path("beheer/clients/<int:pk>/openen", clients.openen, name="client_openen"),
    path("beheer/clients/<int:pk>/sleutel", clients.sleutel_nieuw, name="client_sleutel_nieuw"),
    path("beheer/clients/<int:pk>/sleutel/<int:sleutel_pk>", clients.sleutel, name="client_sleutel"),
    path(
        "beheer/clients/<int:pk>/sleutel/<int:sleutel_pk>/intrekken",
        clients.sleutel_intrekken,
        name="client_sleutel_intrekken",
    ),
    path("api/v1/", include("aanmeldingen.api.urls")),
]
