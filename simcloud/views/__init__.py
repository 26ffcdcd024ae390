"""The world as pictures, diagrams and tables. Each is one display with a text that says what it shows."""
