"""What the five articles publish, and the program's own figures beside it."""
