"""What the open deals will bring, month by month, learnt from how earlier deals went."""
