"""Content codings (RFC 9110 §8.4): br and gzip, for whole bodies and for streams, by `Accept-Encoding`."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final, Protocol

import brotli
from flask import Response, request
from werkzeug.http import parse_accept_header

#: Below this a coding costs more than it saves.
SMALLEST: Final = 860
#: Best first; of two that a client likes equally, the first.
CODINGS: Final = ("br", "gzip")
_COMPRESSIBLE: Final = (
    "text/",
    "+json",
    "+xml",
    "/json",
    "/xml",
    "n-triples",
    "n-quads",
    "trig",
    "javascript",
)


class _Compressor(Protocol):
    def compress(self, data: bytes, /) -> bytes: ...
    def flush(self) -> bytes: ...


class _Brotli:
    """Brotli with the method names of zlib."""

    def __init__(self) -> None:
        self._compressor = brotli.Compressor(quality=4)

    def compress(self, data: bytes, /) -> bytes:
        out: bytes = self._compressor.process(data)
        return out

    def flush(self) -> bytes:
        out: bytes = self._compressor.finish()
        return out


def compressor(coding: str) -> _Compressor:
    """A compressor for one of `CODINGS`."""
    return _Brotli() if coding == "br" else zlib.compressobj(6, zlib.DEFLATED, 31)


class _Compressed:
    """A stream, compressed chunk by chunk; one that breaks off stays without its end."""

    def __init__(self, chunks: Iterable[bytes], coding: str) -> None:
        self._chunks = chunks
        self._coding = coding

    def __iter__(self) -> Iterator[bytes]:
        compressing = compressor(self._coding)
        for chunk in self._chunks:
            if out := compressing.compress(chunk):
                yield out
        yield compressing.flush()

    def close(self) -> None:
        """Close what is compressed."""
        close = getattr(self._chunks, "close", None)
        if close is not None:
            close()


@lru_cache(maxsize=256)
def chosen(header: str | None) -> str:
    """The coding that a client likes best, by its `Accept-Encoding`; empty for none."""
    accepted = parse_accept_header(header)
    coding = max(CODINGS, key=lambda name: accepted[name]) if accepted else ""
    return "" if not coding or accepted[coding] <= 0 or accepted[coding] < accepted["identity"] else coding


def compressed(chunks: Iterable[bytes], coding: str) -> Iterable[bytes]:
    """A body in a coding, chunk by chunk; one that breaks off stays without its end."""
    return _Compressed(chunks, coding)


def compress(response: Response) -> Response:
    """Compress a response if that helps and the client takes it; says in `Vary` that it depends on the client."""
    if (
        response.status_code in (204, 304)
        or "Content-Encoding" in response.headers
        or not any(part in (response.mimetype or "") for part in _COMPRESSIBLE)
    ):
        return response
    response.vary.add("Accept-Encoding")
    length = response.content_length
    if request.method == "HEAD" or response.direct_passthrough or (length is not None and length < SMALLEST):
        return response
    coding = chosen(request.headers.get("Accept-Encoding"))
    if not coding:
        return response
    if response.is_sequence:
        body = response.get_data()
        if len(body) < SMALLEST:
            return response
        compressing = compressor(coding)
        response.set_data(compressing.compress(body) + compressing.flush())
    else:
        response.response = _Compressed(response.response, coding)  # type: ignore[arg-type]  # of bytes: ours
        response.headers.pop("Content-Length", None)
    response.headers["Content-Encoding"] = coding
    tag, weak = response.get_etag()
    if tag is not None and not weak:  # another coding is another representation (RFC 9110 §8.8.3.3)
        response.set_etag(f"{tag}--{coding}")
    return response
