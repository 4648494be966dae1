"""Gunicorn in production; WEB_PROCESSEN sets the number of processes."""

import os

bind = "0.0.0.0:8000"
worker_class = "gthread"
workers = int(os.environ.get("WEB_PROCESSEN", "3"))
threads = 4
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
worker_tmp_dir = "/dev/shm"  # noqa: S108 - heartbeats in memory; the rest of the disk is read-only
control_socket_disable = True
accesslog = "-"
logger_class = "reintegratie.productie.toegangslog.Toegangslog"
# Path without the query: what somebody searched for does not belong in a log.
access_log_format = '{"methode": "%(m)s", "pad": "%(U)s", "status": %(s)s, "ms": %(M)s}'
