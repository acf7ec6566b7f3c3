"""One person's sitting: answers, handing in, feedback."""
