"""From what a view answers to the bytes that are sent."""

import json
from collections.abc import Iterable

import orjson
from rest_framework.renderers import BaseRenderer


class ReadyJSON(BaseRenderer):
    """Sends text that is JSON already as it is; anything else is made JSON here."""

    media_type = "application/json"
    format = "json"
    charset = "utf-8"
    content_type = f"{media_type}; charset={charset}"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        if isinstance(data, bytes):
            return data
        return (data if isinstance(data, str) else as_text(data)).encode()


def as_text(value) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def page_text(
    bodies: Iterable[str | bytes],
    *,
    following: str | None,
    previous: str | None,
    more: dict | None = None,
) -> bytes:
    """A page of a list; `bodies` are JSON and joined as they are."""
    beside = f"{as_text(more)[1:-1]}," if more else ""
    around = orjson.dumps({"next": following, "previous": previous}).decode()
    start = f'{around[:-1]},{beside}"results":['.encode()
    texts = [body if isinstance(body, bytes) else body.encode() for body in bodies]
    if not texts:
        return start + b"]}"
    texts[0] = start + texts[0]  # they are long, and copied once
    texts[-1] += b"]}"
    return b",".join(texts)
