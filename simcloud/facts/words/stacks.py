"""What CloudFormation says of templates, stacks and resources, and how long it waits."""

from __future__ import annotations

from simcloud.facts.fact import Fact, Words

GUIDE = "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/"
TROUBLE = GUIDE + "troubleshooting.html"
STATUSES = GUIDE + "view-stack-events.html"
FUNCTIONS = "https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html"
PARAMETERS = GUIDE + "parameters-section-structure.html"
IAM = GUIDE + "using-iam-template.html"
API = "AWS CloudFormation API model, botocore 1.44.5"
HEADER = "field report quoting the status reason of the real service"


def _known(text: str, source: str) -> Words:
    """The law is documented; the text is known from use, and no recorded answer of the real service was read."""
    return Words(text, source=source, status="assumed")


# Templates

NOT_A_TEMPLATE = _known("Template format error: unsupported structure.", TROUBLE)
NOT_YAML = _known("Template format error: YAML not well-formed. (line {line}, column {column})", TROUBLE)
NOT_JSON = _known("Template format error: JSON not well-formed. (line {line}, column {column})", TROUBLE)
NO_TEMPLATE = _known("Either Template URL or Template Body must be specified.", API)
NO_RESOURCES = _known("Template format error: At least one Resources member must be defined.", TROUBLE)
UNKNOWN_SECTION = _known("Invalid template property or properties [{names}]", TROUBLE)
NO_TYPE = _known(
    "Template format error: [/Resources/{name}] Every Resources object must contain a Type member.", TROUBLE
)
LOGICAL_ID = _known("Template format error: Resource name {name} is non alphanumeric.", TROUBLE)
UNKNOWN_MEMBER = _known("Template format error: [/Resources/{name}] Encountered unsupported property {member}", TROUBLE)
UNKNOWN_TYPES = _known("Template format error: Unrecognized resource types: [{types}]", TROUBLE)
NO_PARAMETER_TYPE = Words(
    "Template format error: Every Parameters object must contain a Type member.",
    source="https://github.com/bridgecrewio/checkov/issues/2965",
)
UNKNOWN_PARAMETER_TYPES = _known("Template format error: Unrecognized parameter types: [{types}]", PARAMETERS)
PARAMETER_TYPES = Fact(("String", "Number", "List<Number>", "CommaDelimitedList"), PARAMETERS)
"""Beside these there are the types that name a kind of thing: AWS::..., List<AWS::...>."""
UNRESOLVED = _known(
    "Template format error: Unresolved resource dependencies [{names}] in the {block} block of the template", TROUBLE
)
UNRESOLVED_CONDITION = _known(
    "Template format error: Unresolved condition dependency {name} in the {block} block of the template", TROUBLE
)
CIRCLE = _known("Circular dependency between resources: [{names}]", TROUBLE)
UNDEFINED_IN_GET_ATT = _known("Template error: instance of Fn::GetAtt references undefined resource {name}", TROUBLE)
NO_ATTRIBUTE = _known(
    "Template error: resource {name} does not support attribute type {attribute} in Fn::GetAtt", TROUBLE
)
LONG_TEMPLATE = _known(
    "1 validation error detected: Value '{value}' at 'templateBody' failed to satisfy constraint:"
    " Member must have length less than or equal to {most}",
    GUIDE + "cloudformation-limits.html",
)
TEMPLATE_BYTES = Fact(51_200, GUIDE + "cloudformation-limits.html")
"""A template given as TemplateBody is no longer than this."""
RESOURCES_MOST = Fact(500, GUIDE + "cloudformation-limits.html")
MANY_RESOURCES = _known(
    "Template format error: Number of resources, {count}, is greater than maximum allowed, {most}", TROUBLE
)

# Sections and functions

NULL = _known("[{path}] 'null' values are not allowed in templates", TROUBLE)
NOT_AN_OBJECT = _known("Template format error: [{path}] must be an object.", TROUBLE)
NOT_A_LIST = _known("Template format error: [{path}] must be a list.", TROUBLE)
NOT_A_TEXT = _known("Template format error: [{path}] must be a string.", TROUBLE)
NOT_NAMES = _known("Template format error: [{path}] must be a string or a list of strings.", TROUBLE)
NO_PARAMETER_TYPE = _known("Template format error: Every Parameters object must contain a Type member.", PARAMETERS)
NO_VALUE = _known(
    "Template format error: Output {name} is malformed. The Outputs member must contain a Value.", TROUBLE
)
CONDITION_FORM = _known(
    "Template error: every Condition member must be a string or a condition function ({name} is not).", FUNCTIONS
)
UNKNOWN_FUNCTION = _known(
    "Template error: Encountered unsupported function: {name} Supported functions are: [{known}]", FUNCTIONS
)
REF_FORM = _known("Template error: every Ref object must have a single String value.", FUNCTIONS)
GET_ATT_FORM = _known(
    "Template error: every Fn::GetAtt object requires two non-empty parameters, the resource name and the resource"
    " attribute",
    FUNCTIONS,
)
JOIN_FORM = _known(
    "Template error: every Fn::Join object requires two parameters, (1) a string delimiter and (2) a list of strings to"
    " be joined or a function that returns a list of strings (such as Fn::GetAZs) to be joined.",
    FUNCTIONS,
)
SPLIT_FORM = _known(
    "Template error: every Fn::Split object requires two parameters, (1) a string delimiter and (2) a string to be"
    " split or a function that returns a string to be split.",
    FUNCTIONS,
)
SELECT_FORM = _known(
    "Template error: Fn::Select requires a list argument with two elements: an integer index and a list", FUNCTIONS
)
SELECT_NOTHING = _known("Template error: Fn::Select cannot select nonexistent value at index {index}", FUNCTIONS)
SUB_FORM = _known(
    "Template error: One or more Fn::Sub intrinsic functions don't specify expected arguments. Specify a string as"
    " first argument, and an optional second argument to specify a mapping of values to replace in the string",
    FUNCTIONS,
)
IF_FORM = _known("Template error: every Fn::If object requires three parameters: a condition and two values", FUNCTIONS)
FIND_IN_MAP_FORM = _known(
    "Template error: every Fn::FindInMap object requires three parameters, the map name, map key and the attribute for"
    " return value",
    FUNCTIONS,
)
CIDR_FORM = _known(
    "Template error: every Fn::Cidr object requires two or three parameters: a block, a count and the bits of a subnet",
    FUNCTIONS,
)
CIDR_FULL = _known("Template error: Fn::Cidr cannot make {count} blocks of {bits} bits in {block}", FUNCTIONS)
NO_MAPPING = _known("Template error: Unable to get mapping for {path}", FUNCTIONS)

# Parameters and capabilities

PARAMETERS_MISSING = _known("Parameters: [{names}] must have values", PARAMETERS)
PARAMETERS_UNKNOWN = Words(
    "Parameters: [{names}] do not exist in the template",
    source="https://github.com/aws-samples/amazon-ec2-image-builder-samples/issues/18",
)
PARAMETERS_UNASKED = Words(
    "Parameter values specified for a template which does not require them.",
    source="https://github.com/aws/aws-toolkit-azure-devops/issues/75",
)
"""Of a template that has no parameters at all."""
ALLOWED_VALUES = _known("Parameter '{name}' must be one of AllowedValues", PARAMETERS)
ALLOWED_PATTERN = _known("Parameter '{name}' must match pattern {pattern}", PARAMETERS)
NOT_A_NUMBER = _known("Parameter '{name}' must be a number.", PARAMETERS)
TOO_SMALL = _known("Parameter '{name}' must be a number not less than {least}", PARAMETERS)
TOO_LARGE = _known("Parameter '{name}' must be a number not greater than {most}", PARAMETERS)
TOO_SHORT = _known("Parameter '{name}' must contain at least {least} characters", PARAMETERS)
TOO_LONG = _known("Parameter '{name}' must contain at most {most} characters", PARAMETERS)
CAPABILITIES = _known("Requires capabilities : [{names}]", IAM)

# Stacks

STACK_NAME = _known(
    "1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint:"
    " Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*",
    API,
)
STACK_NAME_LONG = _known(
    "1 validation error detected: Value '{name}' at 'stackName' failed to satisfy constraint:"
    " Member must have length less than or equal to 128",
    API,
)
STACK_EXISTS = _known("Stack [{name}] already exists", API)
NO_STACK = _known("Stack with id {name} does not exist", API)
NO_STACK_HERE = _known("Stack [{name}] does not exist", API)
NO_RESOURCE = _known("Resource {name} does not exist for stack {stack}", API)
NOTHING_TO_UPDATE = _known("No updates are to be performed.", API)
STACK_THERE = _known(
    "Stack [{name}] already exists and cannot be created again with the changeSet [{change_set}].", API
)
CHANGE_SET_EXISTS = _known("ChangeSet {name} already exists", API)
NO_STACK_FOR = _known("Stack for {name} does not exist", API)
CAPABILITIES_REASON = _known("The following resource(s) require capabilities: [{kinds}]", IAM)
CANNOT_CANCEL = _known("CancelUpdateStack cannot be called from current stack status", API)
CANNOT_UPDATE = _known("Stack:{arn} is in {status} state and can not be updated.", API)
PROTECTED = _known("Stack [{name}] cannot be deleted while TerminationProtection is enabled", API)
ON_FAILURE_TWICE = _known("You cannot specify both OnFailure and DisableRollback.", API)
UNRESOLVABLE = _known("Template error: a function cannot be resolved: {why}", TROUBLE)
EXPORTED = _known(
    "Export with name {name} is already exported by stack {stack}", GUIDE + "using-cfn-stack-exports.html"
)
EXPORT_USED = _known(
    "Export {name} cannot be deleted as it is in use by {stacks}", GUIDE + "using-cfn-stack-exports.html"
)
NO_EXPORT = _known("No export named {name} found", GUIDE + "using-cfn-stack-exports.html")
NO_CHANGE_SET = _known("ChangeSet [{name}] does not exist", API)
CHANGE_SET_STATUS = _known("ChangeSet [{arn}] cannot be executed in its current execution status of [{status}]", API)

# Status reasons

USER = _known("User Initiated", STATUSES)
INITIATED = _known("Resource creation Initiated", STATUSES)
CANCELLED = _known("Resource creation cancelled", STATUSES)
UPDATE_CANCELLED = _known("Resource update cancelled", STATUSES)
FAILED_CREATE = _known("The following resource(s) failed to create: [{names}]. {then}", STATUSES)
FAILED_UPDATE = _known("The following resource(s) failed to update: [{names}]. {then}", STATUSES)
FAILED_DELETE = _known("The following resource(s) failed to delete: [{names}]. ", STATUSES)
ROLLBACK_ASKED = _known("Rollback requested by user.", STATUSES)
DELETE_ASKED = _known("Delete requested by user.", STATUSES)
REPLACES = _known("Requested update requires the creation of a new physical resource; hence creating one.", STATUSES)
OUT_OF_TIME = _known("Stack creation time exceeded the specified timeout. {then}", STATUSES)

# Resources

NOT_PERMITTED = _known("{at}: extraneous key [{name}] is not permitted", TROUBLE)
KEY_NOT_FOUND = _known("{at}: required key [{name}] not found", TROUBLE)
WRONG_TYPE = _known("{at}: expected type: {expected}, found: {found}", TROUBLE)
NOT_IN_ENUM = _known("{at}: {value} is not a valid enum value", TROUBLE)
PROPERTIES = _known("Properties validation failed for resource {name} with message:\n{message}", TROUBLE)
HANDLER = _known(
    'Resource handler returned message: "{message}" (RequestToken: {token}, HandlerErrorCode: {code})', HEADER
)
SERVICE_SAID = _known(
    "{message} (Service: {service}; Status Code: {status}; Error Code: {code}; Request ID: {request}; Proxy: null)",
    HEADER,
)
NEIGHBOUR_SAID = _known("{message} (Service: {service}, Status Code: {status}, Request ID: {request})", HEADER)
INVALID_REQUEST = _known("Invalid request provided: {operation} {message}", HEADER)
BREAKER = _known("Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.", HEADER)
ROLLED_BACK = _known("Error occurred during operation '{why}'.", HEADER)
TOO_LONG_A_WAIT = _known("Exceeded attempts to wait", HEADER)
ALREADY = _known("Resource of type '{kind}' with identifier '{name}' already exists.", HEADER)
CUSTOM_NAME = _known(
    "CloudFormation cannot update a stack when a custom-named resource requires replacing."
    " Rename {name} and update the stack again.",
    TROUBLE,
)

STABLE_WITHIN = Fact(10_800.0, GUIDE + "troubleshooting.html", status="assumed")
"""Seconds that a service has to become stable in."""
LOOKS_EVERY = Fact(5.0, GUIDE + "view-stack-events.html", status="assumed")
"""Seconds between two looks of CloudFormation at a resource that is not ready yet."""
