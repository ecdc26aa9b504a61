"""What `bench/run` is made of: corpora, tools, workloads, rows and their limits, results."""
