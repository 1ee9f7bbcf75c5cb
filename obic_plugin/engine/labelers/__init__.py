"""What gives the pixels of a raster their labels; `table` has all of them by name."""
