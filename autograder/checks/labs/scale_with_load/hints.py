"""Three hints a question: a nudge, where to look, how."""

NO_POLICY = (
    "Ask the world: a copy of it is yours to try, and it leaves no trace.",
    "Inside `with desk.cloud.copy() as future:` set a load, let time pass, and look at `future.service(...)` and "
    "`future.served(...)`. For `enough` set another desired count first.",
    "future.load(desk.shop, desk.rush, cluster=desk.cluster); future.advance(hours=1); then "
    "future.service(desk.shop, desk.cluster).running and future.served(desk.shop, desk.cluster, minutes=60).",
)
FOLLOW = (
    "The load of the shop is a hill: it can be followed, if there is room for what comes while a task starts.",
    "Target tracking of the CPU. The alarm needs three minutes, then a task must start: how full may the tasks be, so "
    "that the others hold until then? Try it with usual_day.",
    "register_scalable_target with MinCapacity and MaxCapacity from desk.bounds, then put_scaling_policy with "
    "ECSServiceAverageCPUUtilization and a TargetValue between 45 and 60, ScaleOutCooldown 60, ScaleInCooldown 120.",
)
JUMP = (
    "When does the crowd come: at a known hour (desk.opens), or at any time?",
    "A known hour: scheduled actions, one before and one after. Any time: step scaling on an alarm with a "
    "period of one minute, that adds all that is needed at once. Both need a way down.",
    "put_scheduled_action(Schedule='cron(m h * * ? *)', ScalableTargetAction={'MinCapacity': ..., 'MaxCapacity': "
    "...}) twice; where the maximum goes down too, the count follows at once. Or two step policies with an alarm each: "
    "CPU above 70 for one minute sets the most, or adds five; CPU below 30 for some minutes takes one or more away.",
)
BACKLOG = (
    "A worker's CPU says nothing. What says that somebody waits?",
    "The messages that wait, divided by the tasks that run: metric math over AWS/SQS and ECS/ContainerInsights.",
    "Target tracking with a CustomizedMetricSpecification: Metrics waiting, running, and waiting / running with "
    "ReturnData True. A task that works off desk.messages a minute, and desk.wait minutes: a target well below their "
    "product, since alarm and start take minutes too.",
)
