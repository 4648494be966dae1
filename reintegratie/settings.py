"""Django settings: everything that differs per environment comes through `lees()` (see docs/instellingen.md)."""

from __future__ import annotations

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF

from reintegratie.instellingen import VERPLICHT, lees

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Basis -----------------------------------------------------------------------------------------------------
PRODUCTIE = lees("PRODUCTIE", "bool", False, "Basis", "Zet alle beveiliging van een echte omgeving aan.")
DEBUG = lees("DEBUG", "bool", False, "Basis", "Foutpagina's voor ontwikkelaars. Nooit aan in productie.")
SECRET_KEY = lees(
    "SECRET_KEY",
    "str",
    "alleen-voor-ontwikkeling-en-demo-0123456789-abcdefghijklmnopqrstuvwxyz",
    "Basis",
    "Sleutel voor handtekeningen van sessies en links. Minstens 50 willekeurige tekens.",
    geheim=True,
    in_productie=VERPLICHT,
)
ALLOWED_HOSTS = lees(
    "TOEGESTANE_HOSTS", "list", ["localhost", "127.0.0.1", "[::1]"], "Basis", "Namen waarop de site bereikbaar is."
)
CSRF_TRUSTED_ORIGINS = lees("VERTROUWDE_HERKOMST", "list", [], "Basis", "Volledige adressen achter een proxy.")
BASIS_URL = lees("BASIS_URL", "str", "http://127.0.0.1:8000", "Basis", "Het adres dat in links en gebeurtenissen komt.")
PEILDATUM = lees("PEILDATUM", "str", "", "Basis", "Zet de klok vast op deze datum (JJJJ-MM-DD), voor demo en toetsen.")
DEMO = lees(
    "DEMO",
    "bool",
    True,
    "Basis",
    "Toont de balk ‘fictieve gegevens’ en de demo-inloggegevens.",
    in_productie=False,
)
HUISSTIJL_CSS = lees("HUISSTIJL_CSS", "str", "", "Basis", "Pad onder static/ van een eigen NL Design System-thema.")
APPLICATIENAAM = lees("APPLICATIENAAM", "str", "Re-integratie", "Basis", "De naam boven het menu.")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_filters",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_totp",
    "axes",
    "csp",
    "pgtrigger",
    "kern",
    "regelgeving",
    "organisatie",
    "deelnemers",
    "trajecten",
    "werkgevers",
    "loonkostensubsidie",
    "aanmeldingen",
    "rapportage",
    "kwaliteit",
    "reintegratie",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kern.middleware.verzoekkenmerk",
    "kern.api.middleware.api",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kern.middleware.stilte",
    "kern.middleware.GemeenteEnToegang",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "reintegratie.urls"
WSGI_APPLICATION = "reintegratie.wsgi.application"
AUTH_USER_MODEL = "kern.Gebruiker"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = False

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kern.schil.schil",
            ],
        },
    }
]

# --- Database --------------------------------------------------------------------------------------------------
# Three roles (ONTWERP 3.4): the application, the owner that migrates, and the one that may erase.
_databases_url = lees(
    "DATABASE_URL",
    "str",
    "postgres:///reintegratie",
    "Database",
    "PostgreSQL >= 17 als rol van de applicatie.",
    geheim=True,
)
_eigenaar_url = lees(
    "DATABASE_URL_EIGENAAR",
    "str",
    "",
    "Database",
    "Dezelfde database als eigenaar; alleen nodig voor `migrate`.",
    geheim=True,
)
_wisser_url = lees(
    "DATABASE_URL_WISSER",
    "str",
    "",
    "Database",
    "Dezelfde database als rol die mag wissen (bewaartermijnen).",
    geheim=True,
)
STATEMENT_TIMEOUT_WEB = lees(
    "STATEMENT_TIMEOUT_WEB", "int", 10_000, "Database", "Milliseconden per opdracht in de website."
)
STATEMENT_TIMEOUT_TAAK = lees(
    "STATEMENT_TIMEOUT_TAAK", "int", 300_000, "Database", "Milliseconden per opdracht in taken."
)
#: Milliseconds: a statement whose client was killed stops, so that its locks do not stop the job that takes over.
CLIENT_WEG_NA = 2_000
_IS_WEB = Path(sys.argv[0]).name.startswith("gunicorn")
_statement = STATEMENT_TIMEOUT_WEB if _IS_WEB else STATEMENT_TIMEOUT_TAAK


def _database(url: str, **extra: object) -> dict:
    instelling = environ.Env.db_url_config(url)
    opties = instelling.setdefault("OPTIONS", {})
    if "host" in opties:  # ?host=/pad/naar/socket
        instelling["HOST"] = opties.pop("host")
    opties["options"] = (
        f"-c statement_timeout={_statement} -c lock_timeout={_statement // 2}"
        f" -c client_connection_check_interval={CLIENT_WEG_NA}"
    )
    return (
        instelling
        | {"ENGINE": "kern.postgres", "CONN_HEALTH_CHECKS": True, "DISABLE_SERVER_SIDE_CURSORS": False}
        | extra
    )


DATABASES = {
    "default": _database(_databases_url, CONN_MAX_AGE=60),
    "eigenaar": _database(_eigenaar_url or _databases_url),
    "wisser": _database(_wisser_url or _databases_url),
}

# --- Redis: broker, cache, sessies -----------------------------------------------------------------------------
REDIS_URL = lees(
    "REDIS_URL", "str", "redis://127.0.0.1:6379/0", "Redis", "De wachtrij van Celery (noeviction).", geheim=True
)
CACHE_URL = lees(
    "CACHE_URL", "str", "redis://127.0.0.1:6379/1", "Redis", "Cache en sessies, los van de wachtrij.", geheim=True
)
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}
SESSION_ENGINE = "django.contrib.sessions.backends.cache"

# --- Celery ----------------------------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://").replace("?db=", "?virtual_host=")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "Europe/Amsterdam"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 4 * 3600}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}

# --- Inloggen --------------------------------------------------------------------------------------------------
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "inloggen"
LOGIN_REDIRECT_URL = "vandaag"
LOGOUT_REDIRECT_URL = "inloggen"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "username"  # not USERNAME_FIELD: else every attempt counts for nobody
AXES_SENSITIVE_PARAMETERS = ["password", "username"]
AXES_VERBOSE = False
AXES_LOCKOUT_TEMPLATE = "kern/geblokkeerd.html"
SESSION_COOKIE_AGE = lees("SESSIE_SECONDEN", "int", 8 * 3600, "Inloggen", "Na zoveel seconden stilte opnieuw inloggen.")
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "kern.views.fouten.csrf_mislukt"
TWEEDE_FACTOR_VERPLICHT = lees(
    "TWEEDE_FACTOR_VERPLICHT",
    "bool",
    False,
    "Inloggen",
    "Iedereen logt in met een tweede factor (BIO2 5.17.01).",
    in_productie=True,
)

# --- Sleutels --------------------------------------------------------------------------------------------------
BSN_SLEUTELS = lees(
    "BSN_SLEUTELS",
    "list",
    ["demo1:MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="],
    "Sleutels",
    "AES-256-sleutels voor het BSN en voor bewaarde bestanden als `kenmerk:base64`, nieuwste eerst.",
    geheim=True,
    in_productie=VERPLICHT,
)
BSN_ZOEKSLEUTEL = lees(
    "BSN_ZOEKSLEUTEL",
    "str",
    "alleen-voor-ontwikkeling-zoeksleutel",
    "Sleutels",
    "Geheim voor de blinde index waarmee een BSN wordt gevonden.",
    geheim=True,
    in_productie=VERPLICHT,
)
BSN_ZOEKSLEUTELS_LATER = lees(
    "BSN_ZOEKSLEUTELS_LATER",
    "list",
    [],
    "Sleutels",
    "Latere geheimen bovenop `BSN_ZOEKSLEUTEL` als `kenmerk:geheim`, nieuwste eerst.",
    geheim=True,
)
LOKAAL = lees(
    "LOKAAL", "str", "", "Basis", "Map voor gegevens die het programma zelf bijhoudt (leeg: .lokaal in deze map)."
)
OAUTH_SLEUTELBESTAND = lees(
    "OAUTH_SLEUTELBESTAND",
    "str",
    str(Path(LOKAAL or BASE_DIR / ".lokaal").expanduser() / "oauth-sleutel.pem"),
    "Sleutels",
    "PEM-bestand (RSA) waarmee het eigen token-eindpunt tekent. Buiten productie wordt het gemaakt als het er niet is.",
    geheim=True,
    in_productie="",
)
OIN = lees("OIN", "str", "00000000000000000000", "Basis", "Organisatie-identificatienummer in gebeurtenissen.")

# --- Berichten -------------------------------------------------------------------------------------------------
EMAIL_BACKEND = lees(
    "EMAIL_BACKEND",
    "str",
    "django.core.mail.backends.locmem.EmailBackend",
    "Berichten",
    "Hoe e-mail de deur uit gaat.",
    in_productie="django.core.mail.backends.smtp.EmailBackend",
)
EMAIL_HOST = lees("EMAIL_HOST", "str", "localhost", "Berichten", "Mailserver.")
EMAIL_PORT = lees("EMAIL_PORT", "int", 25, "Berichten", "Poort van de mailserver.")
DEFAULT_FROM_EMAIL = lees("EMAIL_VAN", "str", "re-integratie@voorbeeld.example", "Berichten", "Afzender van e-mail.")
SMS_ADAPTER = lees(
    "SMS_ADAPTER", "str", "kern.berichten.AlleenVastleggen", "Berichten", "Python-pad van de klasse die sms verstuurt."
)

# --- Taal en tijd ----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_I18N = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["reintegratie.formaten"]

# --- Bestanden -------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = lees("STATIC_ROOT", "str", str(BASE_DIR / "statisch"), "Bestanden", "Map voor collectstatic.")
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTIE
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not PRODUCTIE
WHITENOISE_AUTOREFRESH = DEBUG
MEDIA_ROOT = lees("DOCUMENTEN_MAP", "str", str(BASE_DIR / "media"), "Bestanden", "Map voor documenten; nooit publiek.")
VIRUSSCANNER = lees(
    "VIRUSSCANNER",
    "str",
    "geen",
    "Bestanden",
    "clamd: `unix:/pad` of `tcp://naam:poort`. `geen`: niemand scant. Leeg: documenten wachten tot er een scanner is.",
    in_productie="",
)
VIRUSSCANNER_SECONDEN = lees(
    "VIRUSSCANNER_SECONDEN", "int", 15, "Bestanden", "Zo lang wacht een document op de scanner."
)
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FORM_RENDERER = "kern.formulier.Formulierrenderer"

# --- Beveiliging -----------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTIE else None
SECURE_SSL_REDIRECT = PRODUCTIE
SESSION_COOKIE_SECURE = PRODUCTIE
CSRF_COOKIE_SECURE = PRODUCTIE
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTIE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTIE
SECURE_HSTS_PRELOAD = PRODUCTIE

# --- API -------------------------------------------------------------------------------------------------------
from reintegratie.settings_api import *  # noqa: E402, F403

# --- Geschiedenis ----------------------------------------------------------------------------------------------
# Triggers are derived from the models and installed after every migrate; they are not written into migrations.
PGTRIGGER_MIGRATIONS = False
PGTRIGGER_INSTALL_ON_MIGRATE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "kern.logregels.JsonRegel"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["console"],
        "level": lees("LOG_NIVEAU", "str", "WARNING", "Basis", "Hoeveel er in het log komt."),
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
