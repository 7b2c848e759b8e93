"""Publishing: `write` appends to the record, `read` answers from it."""
