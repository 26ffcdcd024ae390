"""What Application Auto Scaling has and this course leaves out, each with its reason."""

from __future__ import annotations

LEFT_OUT: dict[str, str] = {
    "GetPredictiveScalingForecast": (
        "AWS forecasts from at least 24 hours of load, and learns from two weeks of it; no load is recorded here. Use"
        " TargetTrackingScaling, StepScaling or a scheduled action."
    ),
}
"""By operation. docs/fidelity.md prints it."""
