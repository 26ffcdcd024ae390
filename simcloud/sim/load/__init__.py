"""Load: what is asked of services as time passes, and what comes of it by arithmetic."""
