"""The sandbox from outside: bubblewrap's walls, the running template, what the machine can and cannot isolate."""
