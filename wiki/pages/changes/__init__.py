"""Recent changes of all pages a person may see."""
