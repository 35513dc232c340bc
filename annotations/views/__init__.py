"""The page doors: load with the access check, bind the form, call one service, redirect or render."""
