"""How services find each other: instances in Cloud Map, endpoints of Service Connect."""
