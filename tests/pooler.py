"""A pooler before PostgreSQL that lets the startup parameter `options` go, as PgBouncer can be told to."""

from __future__ import annotations

import selectors
import socket
import struct
import threading
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

PATIENCE = 5.0  # seconds until a client that does not end is left behind


@contextmanager
def pooler(address: str) -> Generator[str]:
    """Return the address of a pooler before the server at `address`."""
    url = sa.make_url(address)
    host, port = str(url.query.get("host") or url.host), url.port or 5432
    threads: list[threading.Thread] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        threads.append(threading.Thread(target=_serve, args=(listening, host, port, threads)))
        threads[0].start()
        here: Any = {"sslmode": "disable", "gssencmode": "disable"}
        mine = sa.URL.create(url.drivername, url.username, url.password, "127.0.0.1", listening.getsockname()[1])
        yield mine.set(database=url.database, query=here).render_as_string(hide_password=False)
        listening.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(PATIENCE)


def _serve(listening: socket.socket, host: str, port: int, threads: list[threading.Thread]) -> None:
    while True:
        try:
            client, _ = listening.accept()
        except OSError:
            return
        threads.append(threading.Thread(target=_join, args=(client, host, port)))
        threads[-1].start()


def _join(client: socket.socket, host: str, port: int) -> None:
    """Pass on all that a client and the server say to each other, until one of them ends."""
    with client, _reach(host, port) as server, selectors.DefaultSelector() as either:
        server.sendall(_without_options(client))
        either.register(client, selectors.EVENT_READ, server)
        either.register(server, selectors.EVENT_READ, client)
        while True:
            for key, _ in either.select():
                said = _heard(key.fileobj)
                if not said:
                    return
                key.data.sendall(said)


def _heard(there: Any) -> bytes:
    try:
        return bytes(there.recv(1 << 16))
    except OSError:
        return b""


def _reach(host: str, port: int) -> socket.socket:
    if not host.startswith("/"):
        return socket.create_connection((host, port))
    made = socket.socket(socket.AF_UNIX)
    made.connect(f"{host}/.s.PGSQL.{port}")
    return made


def _without_options(client: socket.socket) -> bytes:
    """Return the packet with which a client begins, without its options: see PostgreSQL, "Message Formats"."""
    [length] = struct.unpack("!I", client.recv(4, socket.MSG_WAITALL))
    packet = client.recv(length - 4, socket.MSG_WAITALL)
    words = packet[4:].split(b"\0")
    pairs = [pair for pair in zip(words[::2], words[1::2], strict=False) if pair[0] not in (b"", b"options")]
    body = packet[:4] + b"".join(name + b"\0" + value + b"\0" for name, value in pairs) + b"\0"
    return struct.pack("!I", len(body) + 4) + body
