"""What staff do for a candidate's rights: say what is stored, correct it, erase it, or say why it has to be kept."""
