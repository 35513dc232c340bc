"""Where things stand in a picture: pure geometry, the same for the same input, in the units of the picture."""
