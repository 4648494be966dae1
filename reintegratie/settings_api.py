"""The settings of the API, webhooks and hand-offs; `settings` takes them over whole."""

from __future__ import annotations

from reintegratie.instellingen import lees

API_VERSIE = "1.6.1"
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kern.api.authenticatie.BearerToken"],
    "DEFAULT_PERMISSION_CLASSES": ["kern.api.toegang.HeeftScope"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "kern.api.schema.Schema",
    "EXCEPTION_HANDLER": "kern.api.problemen.behandel",
    "DEFAULT_PAGINATION_CLASS": "kern.api.paginering.Bladzijden",
    "DEFAULT_THROTTLE_CLASSES": ["kern.api.begrenzing.PerClient"],
    "DEFAULT_THROTTLE_RATES": {
        "client": lees(
            "API_LIMIET", "str", "600/min", "API", "Verzoeken per client. Is de cache weg, dan telt elk proces zelf."
        ),
        "token": lees("API_LIMIET_TOKEN", "str", "60/min", "API", "Verzoeken om een token per adres."),
        "testclient": lees("API_LIMIET_TESTCLIENT", "str", "60/min", "API", "Verzoeken per testclient."),
        "testclient_nieuw": lees("API_LIMIET_TESTCLIENT_NIEUW", "str", "10/h", "API", "Nieuwe testclients per adres."),
        "opzoeken": lees(
            "LIMIET_OPZOEKEN", "str", "30/h", "API", "Zo vaak zoekt een medewerker iemand op met BSN of dossiernummer."
        ),
        "berekening": lees(
            "API_LIMIET_BEREKENING",
            "str",
            "120/min",
            "API",
            "Openbare berekeningen per adres: de API en de bladzijde samen.",
        ),
        "waardering": lees("LIMIET_WAARDERING", "str", "60/min", "API", "Waarderingen met een link, per adres."),
    },
    "UNAUTHENTICATED_USER": None,
    "DATETIME_FORMAT": "iso-8601",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Re-integratie API",
    "DESCRIPTION": "Aanmelden van mensen bij Werk en Re-integratie en volgen wat er met de aanmelding gebeurt.",
    "VERSION": API_VERSIE,
    "OAS_VERSION": "3.1.1",
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "CONTACT": {
        "name": "Functioneel beheer Werk en Re-integratie",
        "url": "https://voorbeeld.example/re-integratie",
        "email": "api@voorbeeld.example",
    },
    "SERVERS": [{"url": "https://re-integratie.voorbeeld.example/api/v1"}],
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "SERVE_INCLUDE_SCHEMA": False,
    "POSTPROCESSING_HOOKS": ["kern.api.schema.regels_nl_gov"],
}
API_EXTERNE_UITGEVERS = lees(
    "API_EXTERNE_UITGEVERS",
    "list",
    [],
    "API",
    "Vertrouwde token-uitgevers als `issuer|jwks-url|audience`. Zonder audience geldt het adres van deze API.",
)
API_TESTCLIENTS = lees(
    "API_TESTCLIENTS",
    "bool",
    True,
    "API",
    "Ontwikkelaars maken zelf een testclient, die alleen kan controleren.",
    in_productie=False,
)
API_TESTCLIENT_DAGEN = lees("API_TESTCLIENT_DAGEN", "int", 14, "API", "Na zoveel dagen verdwijnt een testclient.")
API_TOKEN_SECONDEN = lees("API_TOKEN_SECONDEN", "int", 900, "API", "Hoe lang een token geldig is.")
WEBHOOK_CA = lees(
    "WEBHOOK_CA", "str", "", "API", "PEM-bestand met extra vertrouwde uitgevers voor webhooks, zoals PKIoverheid."
)
WEBHOOK_HOSTS = lees("WEBHOOK_HOSTS", "list", [], "API", "Hosts waar gebeurtenissen naartoe mogen (alleen https).")
OVERDRACHT_MAP = lees("OVERDRACHT_MAP", "str", "", "API", "Map met per afzender een map (naam: client-id).")
OVERDRACHT_BRONNEN = lees(
    "OVERDRACHT_BRONNEN", "list", [], "API", "Waar we ophalen, zie `docs/api/aanleveren.md`.", geheim=True
)
