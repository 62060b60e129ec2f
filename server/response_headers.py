"""Headers that every response has: what browsers may do with it, and that pages of any origin may read it."""

from __future__ import annotations

from typing import Final

SECURITY: Final = (
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    (
        "Content-Security-Policy",
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
)
#: CORS: the data is public and nothing is told by cookies.
CORS: Final = (
    ("Access-Control-Allow-Origin", "*"),
    (
        "Access-Control-Expose-Headers",
        "Allow, Content-Disposition, ETag, Link, Location, Retry-After, WWW-Authenticate",
    ),
)
