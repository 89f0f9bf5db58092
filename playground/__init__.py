"""A desktop playground that shows neural networks learn, built from NumPy up."""

import os

# The environment is read once, when NumPy loads BLAS, so it is set before anything can import
# NumPy. On products of these sizes two BLAS threads were measured 1.8 to 26 times slower than one,
# and the window needs the other core. A user's own setting wins.
for _variable in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
    os.environ.setdefault(_variable, "1")

__version__ = "0.1.0"
