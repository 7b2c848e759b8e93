"""Rows of the record, each chained to the one before it."""

import hashlib

from timeline.publishing.read.canonical import content_digest

from .making import Made


def revision(
    made: Made, event: int, number: int, *, sequence: int, previous: str, at: str
) -> tuple:
    """The row of an event's revision, chained to the one before it."""
    salt = hashlib.md5(b"%d" % sequence).hexdigest()
    document = made.frame.document.filled(made.values)
    content = content_digest(salt, document)
    chained = (
        f'{{"content":"{content}","id":"{made.event}","kind":"{made.kind}",'
        f'"number":{number},"previous":"{previous}","published_at":"{at}",'
        f'"sequence":{sequence},"successor":null}}'
    )
    digest = hashlib.sha256(chained.encode()).hexdigest()
    own = (sequence, made.event, number, f"event-{event}", made.kind)
    acts = (made.note, None, None, "[]", at)
    return (*own, *acts, previous, digest, content, salt, document)
