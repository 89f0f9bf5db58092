"""Derivatives, gradient fields, descent on a surface, the loss around the network at hand, the gradient check."""
