"""Files of an opening's scores and answers, of the people whom its list shows."""
