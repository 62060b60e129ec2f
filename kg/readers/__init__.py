"""Bytes of one release file → its text, one module for each format; behind `kg.releases`, which opens the files.

Every reader is `read(name, data) -> (text, encoding)`.  Formats that are more than characters come out as plain
text of one manner, because the extraction knows only that: paragraphs and headings parted by blank lines, list
items on lines of their own that begin with "- " (or with their number), rows of tables as `| cell | cell |`.
"""
