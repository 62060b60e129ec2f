"""Linked mentions → facts: one module for each subject, each with `facts(document) -> Iterator[Fact]`."""
