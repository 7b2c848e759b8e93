"""Actors and reports as nodes of schema.org, each once however often it is named."""

from .base import without_nothing
from .days import whole_day

PATHS = {
    "event": "events",
    "statement": "statements",
    "actor": "actors",
    "source": "sources",
}
ACTOR_TYPES = {
    "person": "Person",
    "organisation": "Organization",
    "government": "GovernmentOrganization",
    "outlet": "NewsMediaOrganization",
    "group": "Organization",
}
SOURCE_TYPES = {
    "wire": "NewsArticle",
    "article": "NewsArticle",
    "press_release": "Article",
    "statement": "CreativeWork",
    "post": "SocialMediaPosting",
    "document": "DigitalDocument",
    "interview": "CreativeWork",
    "broadcast": "CreativeWork",
    "dataset": "Dataset",
}
MADE_BY = {
    "ai_generated": "TrainedAlgorithmicMediaDigitalSource",
    "ai_assisted": "CompositeWithTrainedAlgorithmicMediaDigitalSource",
}


class Graph:
    """The nodes that a list names, by address; a node names another by its address."""

    def __init__(self, site: str):
        self.site = site
        self.held: dict[str, dict] = {}

    def reference(self, noun: str, identifier: str) -> dict:
        """A node by its name: the address in this feed that holds its id, and lasts."""
        return {"@id": f"{self.site}/api/v1/{PATHS[noun]}/{identifier}/"}

    def nodes(self) -> list[dict]:
        return list(self.held.values())

    def put(self, node: dict) -> dict:
        """Holds a node, unless one of its name is held; answers with its name."""
        name = {"@id": node["@id"]}
        self.held.setdefault(node["@id"], without_nothing(node))
        return name

    def actor(self, actor: dict | None) -> dict | None:
        """Holds an actor, and answers with its name."""
        if actor is None:
            return None
        return self.put(
            {
                **self.reference("actor", actor["id"]),
                "@type": ACTOR_TYPES.get(actor["kind"], "Thing"),
                "identifier": actor["id"],
                "name": actor["name"],
                "mainEntityOfPage": actor["html_url"],
            }
        )

    def source(self, source: dict) -> dict:
        """Holds a report or document, and answers with its name."""
        made = MADE_BY.get(source["production"])
        status = source["status"]
        return self.put(
            {
                **self.reference("source", source["id"]),
                "@type": SOURCE_TYPES.get(source["kind"], "CreativeWork"),
                "identifier": source["id"],
                "name": source["title"] or source["label"],
                "headline": source["title"],
                "publisher": self.actor(source["publisher"]),
                "datePublished": whole_day(source["published"]),
                "creativeWorkStatus": None if status == "current" else status,
                "digitalSourceType": made and {"@id": f"https://schema.org/{made}"},
                "url": source["original_url"],
                "mainEntityOfPage": source["html_url"],
            }
        )

    def credited(self, source: dict, via: dict) -> None:
        """Says of a report that it credits another."""
        holder = self.held[self.source(source)["@id"]]
        credits = holder.setdefault("citation", [])
        name = self.source(via)
        if name not in credits:
            credits.append(name)
