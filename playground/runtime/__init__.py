"""The experiment in its thread: the store, the worker, the session; QtCore and QtNetwork only."""
