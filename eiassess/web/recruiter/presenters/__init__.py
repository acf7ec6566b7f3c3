"""From results to what stands on a recruiter's page: plain values and words."""
