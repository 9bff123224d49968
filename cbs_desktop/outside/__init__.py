"""Files that come from outside: each is read in a child process with limits of time and memory."""
