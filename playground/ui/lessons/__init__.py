"""Lessons: the index, the step at hand with its question, and what came of the guess."""
