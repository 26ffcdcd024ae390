"""The world as pictures, diagrams and tables. Each is one display with a text that says what it shows.

The views that lessons use stand here under their own names: `views.story(cloud)`, `views.timeline(cloud, task)`.
"""

from simcloud.views.bill import bill
from simcloud.views.bill_try import try_bill
from simcloud.views.bill_waterfall import waterfall
from simcloud.views.console_panel import show_console
from simcloud.views.cost import compared, cost
from simcloud.views.cost_try import try_costs
from simcloud.views.path import path
from simcloud.views.rollout import rollout
from simcloud.views.scaling import scaling_chart
from simcloud.views.spot import spot_wave
from simcloud.views.story import story
from simcloud.views.symptoms import symptom, symptoms, try_symptom
from simcloud.views.timeline import timeline
from simcloud.views.topology import topology
from simcloud.views.try_choice import try_choice
from simcloud.views.try_compute import try_lambda_or_fargate
from simcloud.views.try_efs import try_efs
from simcloud.views.try_intruder import try_intruder
from simcloud.views.try_network import try_network
from simcloud.views.try_pod import try_pod
from simcloud.views.try_queue import try_queue
from simcloud.views.try_roles import try_roles
from simcloud.views.try_rolling import try_rolling
from simcloud.views.try_rollout import try_rollout
from simcloud.views.try_scaling import try_scaling
from simcloud.views.try_secret import try_secret
from simcloud.views.try_size import try_size
from simcloud.views.try_spot import try_spot

__all__ = [
    "bill",
    "compared",
    "cost",
    "path",
    "rollout",
    "scaling_chart",
    "show_console",
    "spot_wave",
    "story",
    "symptom",
    "symptoms",
    "timeline",
    "topology",
    "try_bill",
    "try_choice",
    "try_costs",
    "try_efs",
    "try_intruder",
    "try_lambda_or_fargate",
    "try_network",
    "try_pod",
    "try_queue",
    "try_roles",
    "try_rolling",
    "try_rollout",
    "try_scaling",
    "try_secret",
    "try_size",
    "try_spot",
    "try_symptom",
    "waterfall",
]
