"""What runs inside the sandbox, and nothing else of the grader: the template, the checker room, the student room."""
