from django.urls import path

from kern.api import bronnen, documentatie, token

urlpatterns = [
    path("oauth/token", token.token, name="oauth_token"),
    path("oauth/jwks", token.sleutels, name="oauth_jwks"),
    path(".well-known/oauth-authorization-server", token.metagegevens, name="oauth_metagegevens"),
    path("api/v1/openapi.json", documentatie.openapi, name="api_openapi"),
    path("api/v1/documentatie", documentatie.documentatie, name="api_documentatie"),
    path("api/v1/documentatie/<slug:naam>", documentatie.operatie, name="api_operatie"),
    path("api/v1/wijzigingen", documentatie.changelog, name="api_wijzigingen"),
    path("api/v1/problemen/<slug:code>", documentatie.probleem, name="api_probleem"),
    path("api/v1/gebeurtenissen", bronnen.Gebeurtenissen.as_view(), name="api_gebeurtenissen"),
    path("api/v1/abonnementen", bronnen.Abonnementen.as_view(), name="api_abonnementen"),
    path("api/v1/abonnementen/<uuid:kenmerk>", bronnen.EenAbonnement.as_view(), name="api_abonnement"),
]
