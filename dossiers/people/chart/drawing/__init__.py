"""A chart drawn on the server: boxes, their places, and the drawing as SVG, PNG or PDF."""
