"""From what a view answers to the bytes that are sent."""

import json

import orjson
from rest_framework.renderers import BaseRenderer


class ReadyJSON(BaseRenderer):
    """Sends text that is JSON already as it is; anything else is made JSON here."""

    media_type = "application/json"
    format = "json"
    charset = "utf-8"

    def render(self, data, accepted_media_type=None, renderer_context=None):
        if data is None:
            return b""
        if not isinstance(data, str):
            data = as_text(data)
        return data.encode()


def as_text(value) -> str:
    """Compact JSON."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def page_text(
    bodies: list[str],
    *,
    following: str | None,
    previous: str | None,
    more: dict | None = None,
) -> str:
    """A page of a list; `bodies` are JSON and joined as they are."""
    beside = f"{as_text(more)[1:-1]}," if more else ""
    around = orjson.dumps({"next": following, "previous": previous}).decode()
    start = f'{around[:-1]},{beside}"results":['
    if not bodies:
        return f"{start}]}}"
    texts = [*bodies]  # which are long, and copied once
    texts[0] = start + texts[0]
    texts[-1] += "]}"
    return ",".join(texts)
