"""Benchmarks are run by `./ei bench`: pytest, which looks for doctests everywhere, would import peers that it lacks."""

collect_ignore_glob = ["*.py"]
