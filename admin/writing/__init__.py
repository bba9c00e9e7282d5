"""Pages on which rows are made, corrected, acted on and put into the bin, one or many."""
