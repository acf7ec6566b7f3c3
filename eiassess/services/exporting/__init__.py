"""Files of an opening's scores and answers, in the columns that the command line reads and writes."""
