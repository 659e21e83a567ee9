"""A real browser to look at pages with: Chromium without a window, driven by the DevTools protocol over two pipes."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
_SWITCHES = (
    "--headless=new",
    "--no-sandbox",  # tests may run as root, where the sandbox cannot
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
_PATIENCE = 60  # seconds


class Page:
    """A page, and the keyboard before it."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = commands
        self._answers = answers
        self._rest = b""
        self._number = 0
        self._session = ""
        self.loaded = False
        self.said: list[str] = []  # on the console, or as an error
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.asked_for: list[str] = []

    def call(self, method: str, **parameters: Any) -> Any:
        """Call a method of the protocol, and give its result."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _read(self) -> Any:
        while b"\0" not in self._rest:
            piece = os.read(self._answers, 1 << 20)
            assert piece, "the browser has gone"
            self._rest += piece
        message, _, self._rest = self._rest.partition(b"\0")
        told = json.loads(message)
        match told.get("method"):
            case "Runtime.exceptionThrown" | "Log.entryAdded" | "Runtime.consoleAPICalled":
                self.said.append(json.dumps(told["params"]))
            case "Network.requestWillBeSent":
                self.asked_for.append(told["params"]["request"]["url"])
            case "Page.loadEventFired":
                self.loaded = True
        return told

    def open(self, path: Path, *, width: int = 1280, height: int = 800, scheme: str = "light") -> float:
        """Open a file; gives the seconds until its script was through."""
        self._size(width, height, scheme)
        self.call("Page.navigate", url="about:blank")
        began = time.perf_counter()
        self.call("Page.navigate", url=path.as_uri())
        self.wait("document.documentElement?.dataset.ready === 'yes'")
        return time.perf_counter() - began

    def visit(self, address: str, *, width: int, height: int, scheme: str = "light") -> None:
        """Open an address, and wait until it is loaded; no script need run there."""
        self._size(width, height, scheme)
        self.loaded = False
        self.call("Page.navigate", url=address)
        while not self.loaded:
            self._read()

    def _size(self, width: int, height: int, scheme: str) -> None:
        media = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", features=media)
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **size)

    def wait(self, condition: str) -> None:
        """Wait until something holds."""
        end = time.monotonic() + _PATIENCE
        while not self.run(condition):
            assert time.monotonic() < end, f"{condition} does not come true: {self.said}"
            time.sleep(0.02)

    def run(self, script: str) -> Any:
        """Run a script, and give what it comes to."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        codes = {"Enter": 13, "Escape": 27, "Tab": 9}
        for key in keys:
            text = {"text": key} if len(key) == 1 else {"text": "\r"} if key == "Enter" else {}
            code = codes.get(key, 0)
            self.call("Input.dispatchKeyEvent", type="keyDown", key=key, windowsVirtualKeyCode=code, **text)
            self.call("Input.dispatchKeyEvent", type="keyUp", key=key, windowsVirtualKeyCode=code)
        self.run("new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")

    def picture(self) -> bytes:
        """Take a picture of the window, as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def printed(self) -> bytes:
        """Print the page, as PDF."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=False)["data"])


@contextmanager
def browser(environment: Mapping[str, str] | None = None) -> Iterator[Page]:
    """Start the browser, and end it."""
    assert CHROMIUM
    to_browser, commands = os.pipe()
    answers, from_browser = os.pipe()

    def put_pipes() -> None:
        ends = os.dup(to_browser), os.dup(from_browser)  # first out of the way: one of them may be 3 or 4
        os.dup2(ends[0], 3)
        os.dup2(ends[1], 4)

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        program = subprocess.Popen(
            [CHROMIUM, *_SWITCHES, f"--user-data-dir={folder}"],
            preexec_fn=put_pipes,  # noqa: PLW1509 (the protocol is spoken on 3 and 4)
            pass_fds=(3, 4),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **(environment or {})},
        )
        os.close(to_browser)
        os.close(from_browser)
        try:
            yield Page(commands, answers)
        finally:
            os.close(commands)
            os.close(answers)
            program.terminate()
            program.wait(timeout=_PATIENCE)
