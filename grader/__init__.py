"""The instructor's package: build lessons, grade submissions, explain the grades."""
