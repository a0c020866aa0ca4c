"""Real TLS: the system's authorities are trusted, nobody else, and a doubt sends nothing."""

from __future__ import annotations

import socket
import ssl
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from desktop.nhsa.http_transport import HttpTransport
from desktop.nhsa.transport import LostError, NotSentError, Timeouts, WhyLost, WhyNotSent
from desktop.nhsa.waits import Waits
from tests.nhsa.servers import Server, http, resetting, sending, serving

TIMEOUTS = Timeouts(connect=1, read=1)
ADDRESS = IPv4Address("127.0.0.1")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority that signed itself for 127.0.0.1, with its key, in one PEM file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "practice")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ADDRESS)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    path.write_bytes(pem + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def server_side(certificate: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    return context


def post(server: Server, host: str = "127.0.0.1") -> bytes:
    url = server.url.replace("http:", "https:").replace("127.0.0.1", host)
    with HttpTransport(TIMEOUTS) as transport:
        return transport.post(url, {}, b"question", fresh=True).body


def test_an_authority_of_the_system_is_trusted(
    certificate: Path, server_side: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(sending(http(b"answer")), server_side) as server:
        assert post(server) == b"answer"


def test_an_unknown_authority_gets_no_request(server_side: ssl.SSLContext) -> None:
    with serving(sending(http(b"answer")), server_side) as server:
        with pytest.raises(NotSentError) as caught:
            post(server)
        assert (caught.value.why, server.requests) == (WhyNotSent.NOT_CONNECTED, [])


def test_a_certificate_of_another_host_gets_no_request(
    certificate: Path, server_side: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(sending(http(b"answer")), server_side) as server:
        with pytest.raises(NotSentError):
            post(server, host="localhost")
        assert server.requests == []


def test_a_reset_after_the_handshake_is_lost(
    certificate: Path, server_side: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(resetting, server_side) as server, pytest.raises(LostError) as caught:
        post(server)
    assert caught.value.why is WhyLost.BROKEN_OFF


def test_a_question_is_given_up_under_tls_too(
    certificate: Path, server_side: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session is left to the thread that reads by it."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    asked, waits = threading.Event(), Waits()
    wait = waits.begin()

    def silent(_connection: socket.socket, server: Server) -> None:
        asked.set()
        server.over.wait()

    with (
        serving(silent, server_side) as server,
        HttpTransport(Timeouts(connect=5, read=60), waits=waits) as transport,
        ThreadPoolExecutor(1) as lane,
    ):

        def ask() -> None:
            with wait.on_this_thread():
                transport.post(server.url.replace("http:", "https:"), {}, b"question", fresh=False)

        asking = lane.submit(ask)
        assert asked.wait(10)
        wait.give_up()
        lost = asking.exception(10)
    assert isinstance(lost, LostError)
    assert lost.why is WhyLost.GIVEN_UP
