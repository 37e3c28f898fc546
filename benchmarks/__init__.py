"""How fast the generator is beside others, on one corpus: see README.md."""
