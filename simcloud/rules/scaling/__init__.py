"""Laws of Application Auto Scaling."""
