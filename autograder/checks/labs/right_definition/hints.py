"""Three hints a question: a nudge, where to look, how."""

RIGHT_SIZE = (
    "Fargate sells CPU and memory in pairs, and you pay for the pair. Which is the least that holds both needs?",
    "The table stands in lesson 02. Take the row with enough vCPU and its first memory value above the peak; sometimes "
    "the next row up has it, and never a row below.",
    "described = ecs.describe_task_definition(taskDefinition=desk.small['name'])['taskDefinition'] gives the draft. "
    "Register the same family with other cpu and memory; the newest revision counts.",
)
CHEAPER_PROCESSOR = (
    "One of the two images is built for two processors. Which processor costs a fifth less?",
    "built_for on the cards; runtimePlatform in the definition. The other image would not start on ARM64.",
    "ecs.register_task_definition(..., runtimePlatform={'cpuArchitecture': 'ARM64', 'operatingSystemFamily': 'LINUX'}) "
    "for the image that is built for it, with the size that you found.",
)
WINDOWS = (
    "Windows tasks have a smallest size of their own, and a platform to name.",
    "From 1 vCPU, on X86_64. runtimePlatform names WINDOWS_SERVER_2022_CORE or another family of Windows Server.",
    "runtimePlatform={'cpuArchitecture': 'X86_64', 'operatingSystemFamily': 'WINDOWS_SERVER_2022_CORE'}, cpu '1024' or "
    "more, and the first memory value of that row above the peak.",
)
DISK = (
    "20 GiB are there without asking. What is above that is billed.",
    "ephemeralStorage takes 21 to 200 GiB. For 20 or less the member is left out.",
    "Register the draft again with ephemeralStorage={'sizeInGiB': desk.render['disk_gib']}, or without the member "
    "where disk_gib is 20 or less.",
)
WISHES = (
    "Try each: AWS says no to some. Of those, which would be taken if only a number were another?",
    "A GPU, privileged, a path or the network of the host: no size helps, that is work for EC2. A size that is not "
    "sold is only a number.",
    "Register what AWS takes as it is. For the one with the wrong size take the cheapest size with at least its cpu "
    "and memory, and register that. The rest goes into on_ec2, unregistered.",
)
WHAT_IT_COSTS = (
    "A task costs so much a vCPU-second and so much a GB-second; Windows has a licence on top.",
    "views.try_size() shows prices; simcloud.price.price.price([TaskUsage(...)]).cost works them out. saved is a share "
    "between 0 and 1, of the draft's price for the same time.",
    "from simcloud.price.usage import TaskUsage; TaskUsage(3600, cpu, memory, 20, architecture, windows) is an hour. "
    "saved = 1 - new / old; windows_hour is the whole cost of an hour of your Windows definition in USD.",
)
