"""The operations of EKS in groups, and the errors, each named once."""

from __future__ import annotations

PARAMETER = "InvalidParameterException"
REQUEST = "InvalidRequestException"
IN_USE = "ResourceInUseException"
NOT_FOUND = "ResourceNotFoundException"
LIMIT = "ResourceLimitExceededException"
DENIED = "AccessDeniedException"
ZONE = "UnsupportedAvailabilityZoneException"

CREATE_CLUSTER = "eks:CreateCluster"
UPDATE_CONFIG = "eks:UpdateClusterConfig"
UPDATE_VERSION = "eks:UpdateClusterVersion"
DELETE_CLUSTER = "eks:DeleteCluster"
CREATE_PROFILE = "eks:CreateFargateProfile"
DELETE_PROFILE = "eks:DeleteFargateProfile"
CREATE_NODEGROUP = "eks:CreateNodegroup"
UPDATE_NODEGROUP = "eks:UpdateNodegroupConfig"
UPDATE_NODEGROUP_VERSION = "eks:UpdateNodegroupVersion"
CREATE_ADDON = "eks:CreateAddon"
UPDATE_ADDON = "eks:UpdateAddon"
CREATE_ENTRY = "eks:CreateAccessEntry"
UPDATE_ENTRY = "eks:UpdateAccessEntry"
ASSOCIATE_POLICY = "eks:AssociateAccessPolicy"
CREATE_IDENTITY = "eks:CreatePodIdentityAssociation"
UPDATE_IDENTITY = "eks:UpdatePodIdentityAssociation"
ASSOCIATE_PROVIDER = "eks:AssociateIdentityProviderConfig"
ASSOCIATE_ENCRYPTION = "eks:AssociateEncryptionConfig"

IN_A_CLUSTER = (
    UPDATE_CONFIG,
    UPDATE_VERSION,
    DELETE_CLUSTER,
    CREATE_PROFILE,
    DELETE_PROFILE,
    CREATE_NODEGROUP,
    UPDATE_NODEGROUP,
    UPDATE_NODEGROUP_VERSION,
    CREATE_ADDON,
    UPDATE_ADDON,
    CREATE_ENTRY,
    UPDATE_ENTRY,
    ASSOCIATE_POLICY,
    CREATE_IDENTITY,
    UPDATE_IDENTITY,
    ASSOCIATE_PROVIDER,
    ASSOCIATE_ENCRYPTION,
)
"""Operations that change something in the cluster that they name."""

NEED_AN_ACTIVE_CLUSTER = (CREATE_PROFILE, CREATE_NODEGROUP, CREATE_ADDON)

WITH_TAGS = (
    CREATE_CLUSTER,
    CREATE_PROFILE,
    CREATE_NODEGROUP,
    CREATE_ADDON,
    CREATE_ENTRY,
    CREATE_IDENTITY,
    ASSOCIATE_PROVIDER,
)
