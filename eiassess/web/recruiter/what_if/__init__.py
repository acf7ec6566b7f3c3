"""What if the job weighed differently: weights moved on a page, and who would stand in another band."""
