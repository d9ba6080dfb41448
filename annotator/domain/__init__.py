"""What annotation is: reports, spans, labels, changes. Standard library only; opens no file."""
