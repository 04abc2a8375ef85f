"""What must be renewed when: the calendar, its feed, the weekly letter."""
