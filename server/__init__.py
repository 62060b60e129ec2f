"""The web face of releasekg: SPARQL endpoint, linked data and pages."""
