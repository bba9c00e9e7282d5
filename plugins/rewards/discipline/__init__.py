"""Area discipline (PP 94/2021): cases from the report of a suspected breach to the end of all remedies."""
