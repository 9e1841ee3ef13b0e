"""A bucket of a real S3 server on this machine, which fails now and then: errors, and lines that drop.

The server is moto's; what fails is decided before a request reaches it, as a load balancer would.
"""

from __future__ import annotations

import logging
import random
import socket
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

NAME = "wetherlund"
SECRETS = {
    "AWS_ACCESS_KEY_ID": "nobody",
    "AWS_SECRET_ACCESS_KEY": "nothing",
    "AWS_DEFAULT_REGION": "us-east-1",
    "AWS_EC2_METADATA_DISABLED": "true",
}


@dataclass(slots=True)
class Weather:
    """How often a request fails, and what was done to those that came; for many threads at once."""

    share: float = 0.0
    only: str = ""  # a part of the paths that it befalls; all, if empty
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    refused: int = 0
    dropped: int = 0
    served: int = 0
    lock: Lock = field(default_factory=Lock)

    @contextmanager
    def storm(self, share: float, only: str = "") -> Iterator[None]:
        """Let requests fail until the block ends."""
        self.share, self.only = share, only
        try:
            yield
        finally:
            self.share, self.only = 0.0, ""

    def strikes(self, path: str) -> str:
        """Return what befalls the next request: "refuse", "drop", or "" for nothing."""
        with self.lock:
            drawn = self.chance.random()
            if drawn >= self.share or self.only not in path:
                self.served += 1
                return ""
            if drawn < self.share / 2:
                self.refused += 1
                return "refuse"
            self.dropped += 1
            return "drop"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket's server: where it listens, and its weather."""

    port: int
    weather: Weather

    @property
    def options(self) -> dict[str, Any]:
        """Return what a source has to say of the store."""
        return {"endpoint_url": self.endpoint}

    @property
    def endpoint(self) -> str:
        """Return the address of the server."""
        return f"http://127.0.0.1:{self.port}"

    def put(self, files: Mapping[str, str]) -> None:
        """Put files into the bucket, beside those that are there or in their place."""
        store = self._store()
        if not store.exists(NAME):
            store.mkdir(NAME)
        for name, text in files.items():
            store.pipe_file(f"{NAME}/{name}", text.encode())

    def _store(self) -> Any:
        import s3fs

        return s3fs.S3FileSystem(
            key=SECRETS["AWS_ACCESS_KEY_ID"],
            secret=SECRETS["AWS_SECRET_ACCESS_KEY"],
            endpoint_url=self.endpoint,
            skip_instance_cache=True,
        )


@contextmanager
def bucket() -> Iterator[Bucket]:
    """Serve an empty store on a free port until the block ends."""
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server

    weather = Weather()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)  # else a line for every request
    app = _stormy(DomainDispatcherApplication(create_backend_app), weather)
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield Bucket(server.server_port, weather)
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _stormy(app: Callable[..., Iterable[bytes]], weather: Weather) -> Callable[..., Any]:
    def answer(environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        strikes = weather.strikes(environ["PATH_INFO"])
        if strikes == "drop":
            environ["werkzeug.socket"].shutdown(socket.SHUT_RDWR)
        if strikes:
            start("503 Slow Down", [("Content-Type", "application/xml")])
            return [b"<Error><Code>SlowDown</Code><Message>Reduce your rate.</Message></Error>"]
        return app(environ, start)

    return answer
