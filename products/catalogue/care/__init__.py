"""Facts with a life of their own: who looks after them, until when they are verified."""
