"""What a story offers as filters, counted in two ways that are to agree."""

from timeline.publishing import read
from timeline.publishing.read import tallying


def plain(story):
    return read.Query(stories=(story,), page_size=0)


def by_the_table(story):
    """From what is counted with every act."""
    tallying.KEPT.clear()
    head = read.head()
    found = tallying._of_a_story(plain(story), head.sequence, head)
    assert found == read.tally(plain(story), at=head.sequence, head=head)
    return found


def by_the_entries(story):
    """From the newest entries as they are sent."""
    head = read.head()
    sums, more = tallying._sums(plain(story), head.sequence, head, None)
    return tallying._counted(sums, more=more)
