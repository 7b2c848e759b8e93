"""Which people and which reports are likely one: suggested, and what was decided."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from timeline.models import Actor, NotTheSame, Source

from .refusing import Refused, require

KEYS = {Actor: "name_key", Source: "address_key"}
AT_ONCE = 100
LOOKED_AT = 300  # names that are compared letter by letter
ALIKE = 0.86  # of two names, from 0 to 1
OFFERED = 10


def likely_pairs(noun: type, *, limit: int) -> list[tuple]:
    """Pairs of a noun with one name, or one address, that nobody told apart."""
    found: list[tuple] = []
    for keys in _keys_used_twice(noun):
        found += _pairs_with(noun, keys)
        if len(found) >= limit:
            break
    return found[:limit]


def _keys_used_twice(noun: type) -> Iterator[list[str]]:
    """Keys that several rows have, so many at a time, in their order."""
    key = KEYS[noun]
    rows = noun.objects.filter(merged_into=None).exclude(**{key: ""}).order_by(key)
    several = rows.values(key).annotate(n=Count("pk")).filter(n__gt=1)
    last = ""
    while True:
        page = several.filter(**{f"{key}__gt": last}).values_list(key, flat=True)
        keys = list(page[:AT_ONCE])
        if keys:
            yield keys
        if len(keys) < AT_ONCE:
            return
        last = keys[-1]


def _pairs_with(noun: type, keys: list[str]) -> list[tuple]:
    key, groups = KEYS[noun], {}
    rows = noun.objects.filter(merged_into=None, **{f"{key}__in": keys})
    for row in rows.order_by(key, "pk"):
        groups.setdefault(getattr(row, key), []).append(row)
    apart = told_apart(noun, [row.pk for group in groups.values() for row in group])
    return [
        pair
        for group in groups.values()
        for pair in combinations(group[:OFFERED], 2)
        if (pair[0].pk, pair[1].pk) not in apart
    ]


def told_apart(noun: type, keys: list[int]) -> set[tuple[int, int]]:
    """The pairs among these that somebody said are not the same, the smaller first."""
    rows = NotTheSame.objects.filter(noun=noun._meta.model_name)
    rows = rows.filter(Q(one__in=keys) | Q(other__in=keys))
    return set(rows.values_list("one", "other"))


def alike(thing) -> list:
    """What a thing may be the same as, the likeliest first."""
    noun = type(thing)
    key = KEYS[noun]
    same = Q(**{key: getattr(thing, key)}) & ~Q(**{key: ""})
    rows = noun.objects.filter(merged_into=None).exclude(pk=thing.pk)
    found = list(rows.filter(same).order_by("pk")[:OFFERED])
    if noun is Actor:
        found += _called_alike(thing, rows)
    else:
        found += _titled_alike(thing, rows)
    apart = told_apart(noun, [thing.pk])
    return [
        row
        for row in dict.fromkeys(found)
        if tuple(sorted((row.pk, thing.pk))) not in apart
    ][:OFFERED]


def _called_alike(actor: Actor, rows) -> list[Actor]:
    """Those with one of its other names, or a name of nearly the same letters."""
    others = list(actor.other_names.values_list("name", flat=True))
    named = Q(other_names__name__iexact=actor.name)
    for name in others[:OFFERED]:
        named |= Q(name__iexact=name)
    found = list(rows.filter(named).distinct().order_by("pk")[:OFFERED])
    plain = actor.name_key
    beginnings = Q(pk=None)
    for word in plain.split():
        beginnings |= Q(name_key__startswith=word[:3])
        beginnings |= Q(name_key__contains=f" {word[:3]}")
    near = rows.filter(beginnings).order_by("pk")[:LOOKED_AT]
    ranked = sorted(
        ((likeness(plain, row.name_key), row.pk, row) for row in near), reverse=True
    )
    return found + [row for ratio, _pk, row in ranked if ratio >= ALIKE]


def likeness(one: str, other: str) -> float:
    """How much of two names is the same, from 0 to 1; initials stand for names."""
    if one.split() and set(one.split()) <= set(other.split()) and " " in one:
        return ALIKE
    return SequenceMatcher(None, one, other).ratio()


def _titled_alike(source: Source, rows) -> list[Source]:
    """Reports with the same title and publisher."""
    if not source.title:
        return []
    same = rows.filter(title__iexact=source.title, publisher=source.publisher_id)
    return list(same.order_by("pk")[:OFFERED])


def keep_apart(one, other, *, by) -> None:
    """Remember that two things that look alike are not the same.

    Raises `PermissionDenied`, or `Refused` with a sentence.
    """
    noun = one._meta.model_name
    require(by, f"timeline.merge_{noun}")
    if one == other:
        raise Refused(_("These are one and the same already."))
    first, second = sorted((one.pk, other.pk))
    NotTheSame.objects.get_or_create(
        noun=noun,
        one=first,
        other=second,
        defaults={"by": by, "by_name": by.get_username() if by else "command line"},
    )
