"""A web server for one workspace. Each page runs the screen in a process of its own and shows it with textual-serve.

Who has the token of the printed address has the screen: the first request changes it for a cookie, and everything else
is refused without that. Requests for another host are refused as well, so that no other site reaches this one by name.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import ssl
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable, Sequence
from html import escape
from pathlib import Path
from socket import AF_INET, AF_INET6, create_server, socket
from string import Template
from typing import Any

import textual_serve
from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server

from ahtc_tui.domain.i18n import _, get_current_language

TOKEN = "token"
COOKIE = "ahtc"
LONGEST_MESSAGE = 1 << 20
STATICS = Path(textual_serve.__file__).with_name("static")
PAGE = Path(__file__).with_name("page.html")
HEARTBEAT_SECONDS = 60.0
"""Interval in which the server looks whether the page is still there; a busy computer answers late."""
SHUTDOWN_SECONDS = 2.0
PASSPHRASE_VARIABLE = "AHTC_PASSPHRASE_FILE"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; connect-src 'self' {websocket};"
        " frame-ancestors 'none'; form-action 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
"""Headers of each answer: the page loads nothing from another host, and no other page shows it."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class ScreenProcess(AppService):
    """The process of one page, which runs the screen with a driver for the web."""

    def __init__(self, arguments: Sequence[str], passphrase: str | None, **options: Any) -> None:
        super().__init__(command="", **options)
        self._arguments, self._passphrase = arguments, passphrase

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        environment = self._build_environment(width=width, height=height)
        handles: tuple[int, ...] = ()
        if self._passphrase is not None:
            handle = _fill_pipe(self._passphrase)
            handles, environment[PASSPHRASE_VARIABLE] = (handle,), f"/dev/fd/{handle}"
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "ahtc_tui", *self._arguments,
                stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment, pass_fds=handles,
            )  # fmt: skip
        finally:
            for handle in handles:
                os.close(handle)
        self._process, self._stdin = process, process.stdin
        return process


def _fill_pipe(text: str) -> int:
    """Return the descriptor of a pipe that holds a text, so that it is on no disk and in no list of processes."""
    reader, writer = os.pipe()
    os.write(writer, text.encode())
    os.close(writer)
    return reader


class ScreenServer(Server):
    """The server of one workspace, on a socket that listens already."""

    def __init__(
        self,
        listener: socket,
        arguments: Sequence[str],
        passphrase: str | None = None,
        certificate: ssl.SSLContext | None = None,
    ) -> None:
        """`arguments` are those of the command of the screen, `certificate` is needed for other computers."""
        host, port = listener.getsockname()[:2]
        super().__init__("", host=f"[{host}]" if listener.family == AF_INET6 else host, port=port)
        self._listener, self._arguments, self._passphrase = listener, arguments, passphrase
        self._certificate = certificate
        self._token = secrets.token_urlsafe(32)
        self._websockets: set[web.WebSocketResponse] = set()

    @property
    def address(self) -> str:
        """The address to open, with its token."""
        scheme = "https" if self._certificate else "http"
        return f"{scheme}://{self.host}:{self.port}/?{TOKEN}={self._token}"

    def run(self) -> None:
        """Serve until the process is interrupted."""
        logging.getLogger("textual-serve").addHandler(logging.NullHandler())
        web.run_app(
            self._make_app(), sock=self._listener, ssl_context=self._certificate, print=None, access_log=None,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )  # fmt: skip

    async def _make_app(self) -> web.Application:
        @web.middleware
        async def check_request(request: web.Request, handler: Handler) -> web.StreamResponse:
            return await self._check_request(request, handler)

        app = web.Application(middlewares=[check_request])
        app.add_routes(
            [
                web.get("/", self.handle_index),
                web.get("/ws", self.handle_websocket),
                web.get("/download/{key}", self.handle_download),
                web.static("/static", STATICS),
            ]
        )
        app.on_shutdown.append(self._close_pages)
        return app

    async def _close_pages(self, _app: web.Application) -> None:
        for websocket in set(self._websockets):
            await websocket.close()

    async def _check_request(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Answer a request with the token or its cookie; refuse any other."""
        if not self._is_own(request):
            return web.Response(status=403, text=_("This is not the address of the screen.") + "\n")
        if self._equals_token(request.query.get(TOKEN, "")):
            answer = web.Response(status=303, headers={"Location": "/"})
            is_secure = self._certificate is not None
            answer.set_cookie(COOKIE, self._token, httponly=True, samesite="Strict", secure=is_secure)
            return answer
        if not self._equals_token(request.cookies.get(COOKIE, "")):
            sentence = _("Open the whole address printed by `ahtc serve`, with the token.")
            return web.Response(status=403, text=f"{sentence}\n")
        return await handler(request)

    def _is_own(self, request: web.Request) -> bool:
        """Return whether host and origin of a request are those of this server."""
        names = (self.host, "localhost") if self._certificate is None else (request.url.host or "",)
        hosts = {f"{name}:{self.port}" for name in names}
        origin = request.headers.get("Origin")
        return request.host in hosts and (origin is None or origin.partition("://")[2] == request.host)

    def _equals_token(self, text: str) -> bool:
        return secrets.compare_digest(text.encode(), self._token.encode())

    async def handle_index(self, request: web.Request) -> Any:
        """Return the page."""
        websocket = f"{'wss' if self._certificate else 'ws'}://{request.host}/ws"
        texts = {
            "language": get_current_language().value,
            "title": "ahtc",
            "websocket": websocket,
            "opening": _("The screen opens."),
            "closed": _("The screen is closed. What was saved is in the workspace."),
            "again": _("Open the screen again"),
        }
        page = Template(PAGE.read_text(encoding="utf-8")).substitute(
            {name: escape(text) for name, text in texts.items()}
        )
        headers = {name: value.format(websocket=websocket) for name, value in HEADERS.items()}
        return web.Response(text=page, content_type="text/html", headers=headers)

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Run the screen for a page until one of them ends."""
        websocket = web.WebSocketResponse(heartbeat=HEARTBEAT_SECONDS, max_msg_size=LONGEST_MESSAGE)
        await websocket.prepare(request)
        self._websockets.add(websocket)
        process = ScreenProcess(
            self._arguments, self._passphrase, write_bytes=websocket.send_bytes, write_str=websocket.send_str,
            close=websocket.close, download_manager=self.download_manager,
        )  # fmt: skip
        try:
            await process.start(_read_size(request, "width", 80), _read_size(request, "height", 24))
            await self._process_messages(websocket, process)
        finally:
            self._websockets.discard(websocket)
            await process.stop()
        return websocket


def _read_size(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, "")
    return min(int(text), 1000) if text.isdecimal() and len(text) < 6 and int(text) else default


def listen(host: str, port: int) -> socket:
    """Return a socket that listens; port 0 is any free one. Raises OSError."""
    return create_server((host, port), family=AF_INET6 if ":" in host else AF_INET)
