from django.urls import path

from aanmeldingen.api import documenten, evaluaties, kengetallen, lijsten, proef, veiligheid, verwijzingen, views

urlpatterns = [
    path("aanmeldingen", views.Aanmeldingen.as_view(), name="api_aanmeldingen"),
    path("aanmeldingen/_zoek", views.Zoeken.as_view(), name="api_aanmeldingen_zoek"),
    path("aanmeldingen/<uuid:kenmerk>", views.EenAanmelding.as_view(), name="api_aanmelding"),
    path("aanmeldingen/<uuid:kenmerk>/intrekkingen", views.Intrekkingen.as_view(), name="api_intrekkingen"),
    path("aanmeldingen/<uuid:kenmerk>/aanvullingen", views.Aanvullingen.as_view(), name="api_aanvullingen"),
    path(
        "aanmeldingen/<uuid:kenmerk>/veiligheidsmeldingen",
        veiligheid.Veiligheidsmeldingen.as_view(),
        name="api_veiligheidsmeldingen",
    ),
    path("aanmeldingen/<uuid:kenmerk>/statussen", views.Statussen.as_view(), name="api_statussen"),
    path("kengetallen/eerste-keer-goed", kengetallen.Kengetal.as_view(), name="api_eerste_keer_goed"),
    path("kengetallen/evaluaties", evaluaties.Evaluaties.as_view(), name="api_evaluaties"),
    path("kengetallen/evaluaties/<slug:route>/<slug:periode>", evaluaties.EenEvaluatie.as_view(), name="api_evaluatie"),
    path("aanmeldingen/validaties", proef.Validaties.as_view(), name="api_validaties"),
    path("aanmeldingen/<uuid:kenmerk>/documenten", documenten.Documenten.as_view(), name="api_documenten"),
    path(
        "aanmeldingen/<uuid:kenmerk>/documenten/<uuid:document>",
        documenten.EenDocument.as_view(),
        name="api_document",
    ),
    path("referentielijsten/routes", lijsten.Routes.as_view(), name="api_routes"),
    path("referentielijsten/<slug:naam>", lijsten.Referentielijst.as_view(), name="api_referentielijst"),
    path("verwijzingen", verwijzingen.Verwijzingen.as_view(), name="api_verwijzingen"),
    path("verwijzingen/<uuid:kenmerk>", verwijzingen.EenVerwijzing.as_view(), name="api_verwijzing"),
    path(
        "verwijzingen/<uuid:kenmerk>/ontvangstbevestigingen",
        verwijzingen.Ontvangstbevestigingen.as_view(),
        name="api_ontvangstbevestigingen",
    ),
    path("verwijzingen/<uuid:kenmerk>/antwoorden", verwijzingen.Antwoorden.as_view(), name="api_antwoorden"),
]
