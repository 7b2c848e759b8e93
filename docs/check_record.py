"""Checks a Dateline record by what it publishes of itself, with Python's library alone.

    python3 docs/check_record.py http://localhost:8000/api/v1/ [SEQUENCE-DIGEST]

Reads `changes/` to its end and computes every digest again. It prints the head: note it
elsewhere and give it here the next time, so that a cut tail is found too.
"""

import hashlib
import json
import sys
from urllib.request import urlopen

CHAINED = "previous sequence id number kind published_at successor content".split()
WORDS = "slug note caused_by suppresses".split()


def sha256(value, salt=""):
    form = {"ensure_ascii": False, "sort_keys": True, "separators": (",", ":")}
    return hashlib.sha256((salt + json.dumps(value, **form)).encode()).hexdigest()


def fault(row, previous, sequence, number):
    document, words = row["document"], {key: row[key] for key in WORDS}
    if (row["previous"], row["sequence"]) != (previous, sequence):
        return f"does not follow row {sequence - 1}"
    chained = sha256({key: row[key] for key in CHAINED})
    if (row["digest"], row["number"]) != (chained, number):
        return "was changed"
    kept_back = row["suppressed"] or row["held"]
    if kept_back is not (row["salt"] is None) or (kept_back and document):
        return "says wrongly whether it was suppressed or is on hold"
    if row["salt"] and row["content"] != sha256(document or words, row["salt"]):
        return "has another text than was published"
    if document:
        said = {"slug": document["slug"], "suppresses": [], **document["act"]}
        if (said, document["id"]) != (words, row["id"]):
            return "says something else than its document"


def main(url, noted=""):
    wrong, heads, numbers, lost = [], {0: "0" * 64}, {}, set()
    page = {"next": f"{url.rstrip('/')}/changes/?page_size=200", "results": [None]}
    while page["results"]:
        page = json.load(urlopen(page["next"]))
        for row in page["results"]:
            number = numbers[row["id"]] = numbers.get(row["id"], 0) + 1
            last = max(heads)
            if words := fault(row, heads[last], last + 1, number):
                wrong.append(f"Row {row['sequence']} {words}.")
            heads[row["sequence"]] = row["digest"]
            lost |= {row["sequence"]} if row["suppressed"] else set()
            lost -= set(row["suppresses"])
    wrong += [f"Row {row} lost its text without a word." for row in sorted(lost)]
    sequence, _, digest = noted.partition("-")
    if noted and not heads.get(int(sequence), "").startswith(digest or "-"):
        wrong.append(f"The noted head {noted} is not in this record.")
    said = wrong[:10] or [f"Whole: {max(heads)} rows."]
    print(*said, f"{max(heads)}-{heads[max(heads)]}", sep="\n")  # noqa: T201
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
