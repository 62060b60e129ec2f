"""releasekg: drug-development press releases in, a validated, evidence-carrying knowledge graph out."""

__version__ = "0.1.0"
