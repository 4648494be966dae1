# Production image. Build: docker build -t reintegratie .
# The embedded PostgreSQL and Valkey of the demo stay out: production has servers of its own.

FROM python:3.13-slim AS bouw
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
RUN python -m venv /opt/omgeving
COPY reintegratie/lock/app.txt /tmp/app.txt
COPY reintegratie/productie/zonder_servers.sh /tmp/zonder_servers.sh
# --no-deps: the lock file already names everything, and what only the embedded servers need is left out.
RUN sh /tmp/zonder_servers.sh /tmp/app.txt > /tmp/productie.txt \
    && /opt/omgeving/bin/pip install --require-hashes --no-deps -r /tmp/productie.txt

FROM python:3.13-slim
ENV PATH=/opt/omgeving/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    REINTEGRATIE_ZONDER_VENV=1 \
    DJANGO_SETTINGS_MODULE=reintegratie.settings \
    PRODUCTIE=1 \
    STATIC_ROOT=/app/statisch \
    DOCUMENTEN_MAP=/documenten
RUN groupadd --gid 10001 app \
    && useradd --uid 10001 --gid app --no-create-home --home-dir /tmp --shell /usr/sbin/nologin app \
    && install -d -o app -g app /documenten
COPY --from=bouw /opt/omgeving /opt/omgeving
WORKDIR /app
COPY . .
# Throw-away values: collectstatic reads settings but uses none of these.
RUN SECRET_KEY=alleen-tijdens-het-bouwen BSN_SLEUTELS=bouw:AAAA BSN_ZOEKSLEUTEL=bouw \
    python manage.py collectstatic --noinput --verbosity 0 \
    && python -m compileall -q /app /opt/omgeving
USER 10001:10001
EXPOSE 8000
CMD ["gunicorn", "reintegratie.wsgi:application", "--config", "reintegratie/productie/gunicorn.conf.py"]
