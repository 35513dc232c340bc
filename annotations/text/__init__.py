"""What text is: offsets, cleaning, blocks, sentences, folding, search tokens and selectors.  PURE: no Django."""
