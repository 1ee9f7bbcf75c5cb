"""Classic clustering of pixels or superpixels by their values: k-means and ISODATA."""
