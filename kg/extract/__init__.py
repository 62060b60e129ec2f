"""Release → facts: document structure, mentions, linking, relations, in that order."""
