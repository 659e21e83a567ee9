"""Book → file, one format a module."""
