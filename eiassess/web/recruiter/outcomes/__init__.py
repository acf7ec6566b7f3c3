"""How those work who were hired: whether it is asked, and the page where it is answered."""
