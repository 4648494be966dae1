"""A subscriber outside: an https server that keeps what it gets."""

from __future__ import annotations

import datetime as dt
import http.server
import ipaddress
import ssl
import threading
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from kern import klok


class Ontvanger:
    """A receiver with a certificate of its own; `status` is what it answers, as soon as `mag_antwoorden` is set."""

    def __init__(self, pad: Path) -> None:
        self.status = 204
        self.mag_antwoorden = threading.Event()
        self.mag_antwoorden.set()
        self.berichten: list[tuple[dict[str, str], bytes]] = []
        self.ca = str(pad / "cert.pem")
        self._maak_certificaat(pad)
        buiten = self

        class Antwoord(http.server.BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                inhoud = self.rfile.read(int(self.headers["Content-Length"]))
                buiten.berichten.append((dict(self.headers), inhoud))
                buiten.mag_antwoorden.wait(60)
                self.send_response(buiten.status)
                self.send_header("Location", "https://elders.example/")
                self.end_headers()

            def log_message(self, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.ca, str(pad / "sleutel.pem"))
        self.server.socket = context.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def _maak_certificaat(self, pad: Path) -> None:
        sleutel = ec.generate_private_key(ec.SECP256R1())
        naam = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
        nu = klok.echt_nu()
        certificaat = (
            x509.CertificateBuilder()
            .subject_name(naam)
            .issuer_name(naam)
            .public_key(sleutel.public_key())
            .serial_number(1)
            .not_valid_before(nu - dt.timedelta(days=1))
            .not_valid_after(nu + dt.timedelta(days=1))
            .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
            .sign(sleutel, hashes.SHA256())
        )
        (pad / "cert.pem").write_bytes(certificaat.public_bytes(serialization.Encoding.PEM))
        pem = sleutel.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (pad / "sleutel.pem").write_bytes(pem)

    @property
    def adres(self) -> str:
        return f"https://127.0.0.1:{self.server.server_address[1]}/haak"
