"""What is offered and when: programmes with their rules, rounds with dates and targets."""
