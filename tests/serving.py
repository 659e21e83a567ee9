"""A real server for tests, on a port of its own, in another thread."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bookbuild.deliver.serving import machine_names, make_server, open_port
from bookbuild.deliver.shelf import Shelf, find_build_files
from bookbuild.deliver.site import make_site

PATIENCE = 30  # seconds, before what hangs fails


@contextmanager
def server(folder: Path, token: str = "") -> Iterator[int]:
    """Serve a folder from another thread; gives the port."""
    opening = open_port(0, token, lan=False)
    site = make_site(Shelf(find_build_files([folder])), token, machine_names(), lambda _visit: None)
    running = make_server(site)
    thread = threading.Thread(target=running.run, kwargs={"sockets": [opening.socket]})
    thread.start()
    try:
        yield opening.socket.getsockname()[1]
    finally:
        running.should_exit = True
        thread.join(PATIENCE)
