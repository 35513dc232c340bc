"""What text is: offsets, cleaning, blocks, sentences, folding, search tokens and selectors.  Pure: no Django, no database."""
