"""What an instructor should know before trusting a cohort's marks. It tells and never marks down: a person decides."""
