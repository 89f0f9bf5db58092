"""Benchmarks: run by hand, each by ``python -m tests.benchmarks.<name>``."""

import playground  # noqa: F401 - it keeps BLAS on one thread, so it comes before NumPy
