"""Pictures of arrays: pyqtgraph and painters live here and nowhere else."""
