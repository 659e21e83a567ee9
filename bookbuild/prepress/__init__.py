"""Between the finished pages and the press: files made as a printer demands, and read again to see whether they are."""
