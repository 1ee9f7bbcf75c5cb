"""The campaigns: what the plugin promises, tried on thousands of bad and odd occasions; see `__main__`."""
