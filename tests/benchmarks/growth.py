"""How the cost of a step grows with hidden units and rows, beside its own matrix products.

Run ``python -m tests.benchmarks.growth``; it takes about a minute. Cost should grow as the products do.
"""

import numpy as np

from tests.benchmarks.step import measure, ours, pixels

SHAPES = ((10, 100), (50, 100), (200, 100), (1000, 100), (2000, 100), (50, 10), (50, 1000), (50, 10_000))


def main() -> None:
    x, t = pixels()
    print(f"{'784-hidden-10, float32':>24}{'rows':>8}{'gathering':>14}{'step':>12}{'products':>12}{'step ×':>8}")  # noqa: T201
    for hidden, batch in SHAPES:
        contenders = ours(
            (784, hidden, 10), "sigmoid", "softmax", "cross-entropy", x, t, 0.1, batch=batch, dtype=np.float32
        )
        gathering, step, products = (row.median_us for row in measure("", contenders))
        ratio = step / products
        print(f"{hidden:24}{batch:8}{gathering:11.0f} µs{step:9.0f} µs{products:9.0f} µs{ratio:8.2f}")  # noqa: T201


if __name__ == "__main__":
    main()
