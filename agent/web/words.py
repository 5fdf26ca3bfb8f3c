"""Filters of the templates: every function here that is public is one, under its own name."""
