"""就医地: institutions, catalogue, the split of each line, visits, batches and their booking."""
