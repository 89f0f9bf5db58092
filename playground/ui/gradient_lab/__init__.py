"""The gradient lab: derivatives, gradient fields and descent, the next step, the gradient check."""
