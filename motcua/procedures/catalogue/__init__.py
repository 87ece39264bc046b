"""The catalogue: records of the national portal, the long tail of procedures without a reviewed guide."""
