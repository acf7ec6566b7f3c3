"""What is mailed: a file for each kind with the values that its wording can name, and how wording is filled."""
