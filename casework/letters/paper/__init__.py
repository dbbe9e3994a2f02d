"""What is on the paper: one tree, from which come the page, the PDF and the Word document."""
