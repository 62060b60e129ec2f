"""The commands `kg serve` and `kg up`; they join `kg` through the entry-point group `kg.commands`."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.errors import InputError, ReleaseKgError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from flask import Flask

    from server.settings import Settings


def _options(command: Callable[..., None]) -> Callable[..., None]:
    decorators = (
        click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on."),
        click.option(
            "--port",
            type=click.IntRange(1, 65535),
            envvar="PORT",
            default=8000,
            show_default=True,
            show_envvar=True,
            help="Port to listen on.",
        ),
        click.option(
            "--data",
            type=click.Path(file_okay=False, path_type=Path),
            envvar="KG_DATA",
            default="data",
            show_default=True,
            show_envvar=True,
            help="Where the snapshots are.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(min=0, min_open=True),
            help="Seconds that a query may take.  [env var: KG_QUERY_TIMEOUT; default: 10.0]",
        ),
        click.option(
            "--workers",
            type=click.IntRange(1, 64),
            default=1,
            show_default=True,
            help="Server processes; each has its own query workers.",
        ),
    )
    for decorate in reversed(decorators):
        command = decorate(command)
    return command


@click.command()
@_options
def serve(host: str, port: int, data: Path, timeout: float, workers: int) -> None:
    """Serve the published graph: pages, linked data and a SPARQL endpoint.

    Runs until Ctrl-C or SIGTERM.  Exit code 0 after that, 2 when it could not start.
    """
    _explained(lambda: _serve(host, port, data, timeout, workers))


@click.command()
@_options
def up(host: str, port: int, data: Path, timeout: float, workers: int) -> None:
    """Build the bundled releases if nothing is built yet, then serve.

    Exit codes as `kg serve`; when the build fails, its exit code.
    """

    def go() -> None:
        _check_free(host, port)
        _build_if_missing(data)
        _serve(host, port, data, timeout, workers)

    _explained(go)


@click.command(short_help="Write the ontology's documentation as files.")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default="ontology-docs",
    show_default=True,
    help="Folder to write; it is made.",
)
def docs(output: Path) -> None:
    """Write the documentation of the ontology as files: a page, and the ontology in every RDF format.

    The folder can be served as it is, for example where the ontology's IRI redirects to.

    \b
    Example:
      kg docs -o public
    """

    def write() -> None:
        from server.ontology_documentation import write_site  # noqa: PLC0415  # Flask need not load for --help

        for path in write_site(output):
            click.echo(path)

    _explained(write)


def _explained(action: Callable[[], None]) -> None:
    try:
        action()
    except ReleaseKgError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)


def _check_free(host: str, port: int) -> None:
    """Find out before anything starts whether the address can be had.

    Raises:
        InputError: it cannot.
    """
    _listen(host, port).close()


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise InputError(f"--host {host}: {error.strerror or error}") from error
    listener = socket.socket(family, kind, protocol)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen(2048)  # also tells apart a port that another server shares with SO_REUSEADDR
    except OSError as error:
        listener.close()
        remedy = "choose another with --port" if port else ""
        raise InputError(f"{host}:{port}: {error.strerror or error}: {remedy}") from error
    return listener


def _build_if_missing(data: Path) -> None:
    from kg.errors import NoSnapshot  # noqa: PLC0415
    from kg.resources import data_folder  # noqa: PLC0415
    from kg.snapshots import Snapshots  # noqa: PLC0415

    try:
        Snapshots(data).current()
    except NoSnapshot:
        seeds = data_folder("seeds")
        click.echo(f"Nothing is built in {data} yet: building the bundled releases.", err=True)
        # A process of its own: the server imports neither the language pipeline nor the reasoner.
        code = subprocess.run(
            [
                sys.executable,
                "-c",
                "from kg.cli import main; main()",
                "build",
                str(seeds),
                "--data",
                str(data),
            ],
            check=False,
        ).returncode
        if code:
            sys.exit(code)


@contextmanager
def _checked(data: Path) -> Iterator[None]:
    """Open the published snapshot in another process meanwhile: RocksDB's threads do not survive gunicorn's fork.

    Raises:
        StoreError: at the end, when it is corrupt.
    """
    from kg.errors import StoreError  # noqa: PLC0415

    code = (
        "import sys; from pathlib import Path; from kg.errors import StoreError; from kg.snapshots import Snapshots\n"
        "try: Snapshots(Path(sys.argv[1])).current().open()\n"
        "except StoreError as error: sys.exit(str(error))"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        yield
        words = process.communicate()[1].strip()
    if process.returncode:
        raise StoreError((words or "the snapshot cannot be opened").splitlines()[-1])


def _serve(host: str, port: int, data: Path, timeout: float, workers: int) -> None:
    from kg.snapshots import Snapshots  # noqa: PLC0415
    from server.settings import Settings  # noqa: PLC0415

    settings = Settings.from_environment(query_timeout=timeout)
    if settings.tokens:  # a mistake in the file is one line here too
        from server.tokens import Tokens  # noqa: PLC0415

        Tokens.configured(settings)
    Snapshots(data).current()  # so that a missing one is one line here, not an error page
    with _checked(data):
        listener = _listen(host, port)
        for name in (
            "flask",
            "gunicorn.app.base",
            "gunicorn.workers.gthread",
        ):  # what takes longest to import
            import_module(name)
    shown = f"[{host}]" if ":" in host else host
    address = f"http://{shown}:{port}/"
    _run(listener, address=address, data=data, settings=settings, workers=workers)


def _run(listener: socket.socket, *, address: str, data: Path, settings: Settings, workers: int) -> None:
    from gunicorn.app.base import BaseApplication  # noqa: PLC0415

    from server.memory import return_freed_memory  # noqa: PLC0415
    from server.serving import gunicorn_settings  # noqa: PLC0415

    class Server(BaseApplication):  # type: ignore[misc]  # gunicorn has no types
        def load_config(self) -> None:
            ours: dict[str, Any] = {
                **gunicorn_settings(settings, workers=workers),
                "bind": f"fd://{listener.fileno()}",
                "when_ready": lambda _: click.echo(f"releasekg is ready: {address}", err=True),
                "worker_exit": _close_pool,
                "child_exit": _forget,
            }
            for name, value in ours.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)

        def load(self) -> Flask:
            from kg.snapshots import Snapshots  # noqa: PLC0415
            from server.query_workers import QueryPool  # noqa: PLC0415

            # They start in processes of their own: meanwhile this one imports the application.
            pool = QueryPool(settings)
            pool.warm_up(str(Snapshots(data).current().dataset_path))
            from server.application import build  # noqa: PLC0415

            app = build(data, settings, pool=pool)
            app.extensions["releasekg.warming"].start()
            return app

    os.environ.setdefault("SERVER_SOFTWARE", "releasekg")
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # of numpy: what it has to do here is small
    return_freed_memory()
    shared, owner = tempfile.mkdtemp(prefix="releasekg-"), os.getpid()
    # Before the libraries that read them are imported.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = os.environ["KG_RUNTIME"] = shared
    try:
        Server().run()
    finally:
        if os.getpid() == owner:  # the server processes, forked below, pass here too
            shutil.rmtree(shared, ignore_errors=True)


def _forget(_server: object, worker: Any) -> None:
    """Have what a server process had at work not be counted any more."""
    from server.metrics import forget  # noqa: PLC0415

    forget(worker.pid)


def _close_pool(_server: object, worker: Any) -> None:
    """Leave no query worker behind when a server process ends."""
    app = getattr(worker, "wsgi", None)
    if app is not None:
        app.extensions["releasekg"].pool.close()
