"""A lesson as data: its steps, questions, goals and figures, read from a folder and checked; nothing here is executed.

``lesson.json`` says what happens (see `schema`), ``text.<language>.md`` what is said (see `texts`).
"""
