"""Pods of a cluster on Fargate over simulated time, as kubectl shows them."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from eks_shop import BUSYBOX, EksShop, container, controller, pod

from simcloud import Cloud
from simcloud.cloud.eks.kubernetes import Kubernetes, KubernetesError
from simcloud.cloud.replay import replay
from simcloud.cloud.usage import usage_of
from simcloud.price.usage import TaskUsage

MANIFEST = """
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      containers:
        - name: app
          image: public.ecr.aws/docker/library/nginx:1.27
          resources: {requests: {cpu: 250m, memory: 1Gi}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
"""


def kubectl(shop: EksShop) -> Kubernetes:
    return shop.cloud.kubernetes("shop")


def messages(kube: Kubernetes, name: str, namespace: str = "default") -> str:
    return kube.describe("Pod", name, namespace=namespace).partition("Events:")[2]


def status(kube: Kubernetes, name: str, namespace: str = "default") -> str:
    lines = kube.describe("Pod", name, namespace=namespace).splitlines()
    return next(line.split()[1] for line in lines if line.startswith("Status:"))


def pods(kube: Kubernetes, namespace: str = "default") -> list[str]:
    return [each["metadata"]["name"] for each in kube.get("Pod", namespace=namespace)]


# --- placing


@pytest.mark.row("F03")
def test_a_pod_runs_only_where_a_selector_matches(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "other"}})
    kube.apply([pod("in"), pod("out", namespace="other")])
    webbed.cloud.advance(minutes=2)
    taken = kube.get("Pod", "in")
    assert (taken["spec"]["schedulerName"], taken["status"]["phase"]) == ("fargate-scheduler", "Running")
    assert taken["metadata"]["labels"]["eks.amazonaws.com/fargate-profile"] == "web"
    left = kube.get("Pod", "out", namespace="other")
    assert (left["spec"]["schedulerName"], left["status"]["phase"]) == ("default-scheduler", "Pending")
    assert "nodes are available" in messages(kube, "out", "other") or "no nodes" in messages(kube, "out", "other")


def test_each_pod_has_a_node_and_an_interface_of_its_own(webbed: EksShop) -> None:
    #
    kube = kubectl(webbed)
    kube.apply(controller("Deployment", "web", replicas=2))
    webbed.cloud.advance(minutes=2)
    nodes = [each["metadata"]["name"] for each in kube.get("Node")]
    assert len(set(nodes)) == 2
    assert all(name.startswith("fargate-ip-10-0-") for name in nodes)
    assert {each["spec"]["nodeName"] for each in kube.get("Pod")} == set(nodes)
    addresses = {each["status"]["podIP"] for each in kube.get("Pod")}
    found = webbed.ec2.describe_network_interfaces()["NetworkInterfaces"]
    group = webbed.eks.describe_cluster(name="shop")["cluster"]["resourcesVpcConfig"]["clusterSecurityGroupId"]
    mine = [each for each in found if each["PrivateIpAddress"] in addresses]
    assert len(mine) == 2
    assert {each["Groups"][0]["GroupId"] for each in mine} == {group}
    kube.delete("Deployment", "web")
    webbed.cloud.advance(minutes=1)
    assert kube.get("Node") == []
    assert len(webbed.ec2.describe_network_interfaces()["NetworkInterfaces"]) == len(found) - 2


def test_a_pod_is_taken_when_it_is_created_or_never(ready: EksShop) -> None:
    #
    kube = kubectl(ready)
    kube.apply(pod("early"))
    ready.open_profile()
    ready.cloud.advance(minutes=10)
    assert status(kube, "early") == "Pending"
    kube.delete("Pod", "early")
    kube.apply(pod("early"))
    ready.cloud.advance(minutes=2)
    assert status(kube, "early") == "Running"


@pytest.mark.row("F10")
@pytest.mark.row("M02")
def test_a_daemon_set_gets_no_pod_on_fargates_nodes(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    kube.apply([controller("Deployment", "web"), controller("DaemonSet", "agent")])
    webbed.cloud.advance(minutes=2)
    assert len(kube.get("Node")) == 1
    assert [each for each in pods(kube) if each.startswith("agent")] == []
    tolerations = [{"operator": "Exists"}]
    kube.apply(controller("DaemonSet", "agent", pod={"tolerations": tolerations}))
    webbed.cloud.advance(minutes=2)
    (name,) = [each for each in pods(kube) if each.startswith("agent")]
    assert "Pod not supported on Fargate: DaemonSet not supported" in messages(kube, name)
    assert len(kube.get("Node")) == 1


@pytest.mark.parametrize(
    ("spec", "said"),
    [
        ({"hostNetwork": True}, "HostNetwork"),
        ({"nodeSelector": {"kubernetes.io/arch": "arm64"}}, "amd64"),
        (
            {"volumes": [{"name": "data", "persistentVolumeClaim": {"claimName": "data"}}]},
            'persistentvolumeclaim "data" not found',
        ),
        ({"containers": [{**container(), "securityContext": {"privileged": True}}]}, "privileged|SecurityContext"),
        ({"containers": [container(requests={"cpu": "1", "memory": "200Gi"})]}, "largest Fargate configuration"),
    ],
)
@pytest.mark.row("M02")
def test_what_fargate_does_not_support_stays_pending_and_says_so(
    webbed: EksShop, spec: dict[str, Any], said: str
) -> None:
    #
    kube = kubectl(webbed)
    kube.apply(pod("odd", **spec))
    webbed.cloud.advance(minutes=30)
    assert status(kube, "odd") == "Pending"
    assert any(each in messages(kube, "odd") for each in said.split("|"))
    assert kube.get("Node") == []


def test_a_node_that_cannot_reach_the_api_server_never_joins(cloud: Cloud) -> None:
    shop = EksShop(cloud, nat=False)
    shop.open_cluster()
    shop.open_profile()
    kube = kubectl(shop)
    kube.apply(pod("web"))
    cloud.advance(minutes=5)
    assert "Pod provisioning timed out (will retry) for pod: default/web" in messages(kube, "web")
    shop.open_nat()
    cloud.advance(minutes=20)
    assert status(kube, "web") == "Running"


def test_a_private_endpoint_lets_nodes_join_but_images_need_a_way_too(cloud: Cloud) -> None:
    shop = EksShop(cloud, nat=False)
    network = {"subnetIds": [shop["private-a"], shop["private-b"]], "endpointPrivateAccess": True}
    shop.open_cluster(resourcesVpcConfig=network)
    shop.open_profile()
    kube = kubectl(shop)
    kube.apply(pod("web"))
    cloud.advance(minutes=5)
    assert status(kube, "web") in ("ErrImagePull", "ImagePullBackOff")
    assert "i/o timeout" in messages(kube, "web")


def test_a_role_that_stops_trusting_fargate_blocks_the_profile(webbed: EksShop) -> None:
    document = {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"}],
    }
    webbed.iam.update_assume_role_policy(RoleName="pods", PolicyDocument=json.dumps(document))
    kube = kubectl(webbed)
    kube.apply(pod("web"))
    webbed.cloud.advance(minutes=2)
    assert "Misconfigured Fargate Profile: fargate profile web blocked for new launches" in messages(kube, "web")


# --- manifests


@pytest.mark.row("T06")
@pytest.mark.row("M01")
def test_manifests_run_unchanged(ready: EksShop) -> None:
    ready.open_profile(selectors=[{"namespace": "shop"}])
    kube = kubectl(ready)
    said = kube.apply(MANIFEST)
    assert said == [
        "namespace/shop created",
        "deployment.apps/web created",
        "service/web created",
        "poddisruptionbudget.policy/web created",
    ]
    ready.cloud.advance(minutes=2)
    assert kube.get("Deployment", "web", namespace="shop")["status"]["readyReplicas"] == 2
    assert kube.apply(MANIFEST)[1] == "deployment.apps/web unchanged"
    assert len(pods(kube, "shop")) == 2
    annotation = kube.get("Pod", namespace="shop")[0]["metadata"]["annotations"]["CapacityProvisioned"]
    assert annotation == "0.25vCPU 2GB"  # 1 GiB and Fargate's own 256 MiB


def test_a_changed_deployment_replaces_its_pods(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    kube.apply(controller("Deployment", "web", replicas=2))
    webbed.cloud.advance(minutes=2)
    before = set(pods(kube))
    kube.apply(controller("Deployment", "web", container(requests={"cpu": "1"}), replicas=3))
    assert before <= set(pods(kube))
    webbed.cloud.advance(minutes=3)
    assert not before & set(pods(kube))
    assert kube.get("Deployment", "web")["status"]["readyReplicas"] == 3


def test_a_deleted_pod_of_a_deployment_is_replaced(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    kube.apply(controller("Deployment", "web"))
    webbed.cloud.advance(minutes=2)
    (first,) = pods(kube)
    kube.delete("Pod", first)
    webbed.cloud.advance(minutes=2)
    (second,) = pods(kube)
    assert second != first


@pytest.mark.parametrize(
    ("manifest", "said"),
    [
        ("a: [", "error parsing the manifest"),
        ({"apiVersion": "v1", "kind": "Gadget", "metadata": {"name": "x"}}, "Gadget"),
        (pod("x", namespace="none"), 'namespaces "none" not found'),
        (pod("X_y"), "RFC 1123"),
        ({**pod("x"), "spec": {"containers": []}}, "containers"),
    ],
)
def test_what_is_no_object_is_refused(webbed: EksShop, manifest: Any, said: str) -> None:
    kube = kubectl(webbed)
    with pytest.raises(KubernetesError, match=said):
        kube.apply(manifest)
    assert kube.get("Pod") == []


def test_without_a_cluster_there_is_no_api_server(shop: EksShop) -> None:
    with pytest.raises(KubernetesError, match="No cluster found for name: shop"):
        kubectl(shop).get("Pod")
    shop.eks.create_cluster(**shop.cluster())
    with pytest.raises(KubernetesError, match="CREATING"):
        kubectl(shop).get("Pod")


def test_what_is_not_there_is_not_found(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    with pytest.raises(KubernetesError, match='pods "web" not found'):
        kube.get("Pod", "web")
    with pytest.raises(KubernetesError, match='pods "web" not found'):
        kube.logs("web")
    with pytest.raises(KubernetesError, match="resource type"):
        kube.get("Gadget")


# --- running


def test_an_image_that_is_not_there_is_tried_again(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    image = webbed.cloud.push_image("web", "1")
    kube.apply(pod("web", container(image.replace(":1", ":2"))))
    webbed.cloud.advance(minutes=1)
    assert status(kube, "web") == "ErrImagePull"
    assert "not found" in messages(kube, "web")
    with pytest.raises(KubernetesError, match="is waiting to start"):
        kube.logs("web")
    webbed.cloud.push_image("web", "2", log_lines=("hello",))
    webbed.cloud.advance(minutes=6)
    assert status(kube, "web") == "Running"
    assert kube.logs("web") == "hello"


def test_an_execution_role_without_permissions_pulls_nothing(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("web", "1")
    for each in webbed.iam.list_attached_role_policies(RoleName="pods")["AttachedPolicies"]:
        webbed.iam.detach_role_policy(RoleName="pods", PolicyArn=each["PolicyArn"])
    kube = kubectl(webbed)
    kube.apply(pod("web", container(image)))
    webbed.cloud.advance(minutes=5)
    assert status(kube, "web") == "ImagePullBackOff"
    assert "403 Forbidden" in messages(kube, "web") or "denied" in messages(kube, "web")


def test_fargate_on_eks_is_x86(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("web", "1", architectures=("ARM64",))
    kube = kubectl(webbed)
    kube.apply(pod("web", container(image)))
    webbed.cloud.advance(minutes=2)
    assert status(kube, "web") in ("ErrImagePull", "ImagePullBackOff")
    assert "no match for platform" in messages(kube, "web")


def test_a_container_above_its_limit_is_killed_and_started_again(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("big", "1", memory_mib=300)
    kube = kubectl(webbed)
    kube.apply([pod("small", container(image, limits={"memory": "200Mi"})), pod("large", container(image))])
    webbed.cloud.advance(minutes=3)
    assert status(kube, "small") in ("CrashLoopBackOff", "Running")
    assert kube.get("Pod", "small")["status"]["containerStatuses"][0]["restartCount"] > 0
    assert status(kube, "large") == "Running"


def test_a_finished_job_keeps_its_node_and_is_billed_until_it_is_deleted(webbed: EksShop) -> None:
    #
    image = webbed.cloud.push_image("batch", "1", exit_after=30.0)
    kube = kubectl(webbed)
    kube.apply(controller("Job", "report", container(image), pod={"restartPolicy": "Never"}))
    webbed.cloud.advance(minutes=10)
    assert kube.get("Job", "report")["status"] == {"active": 0, "succeeded": 1, "failed": 0}
    assert len(kube.get("Node")) == 1
    webbed.cloud.advance(hours=1)
    (used,) = [each for each in usage_of(webbed.cloud.world) if isinstance(each, TaskUsage)]
    assert Decimal(used.seconds) > 3600
    assert (used.cpu, used.memory, used.storage) == (256, 512, 20)
    kube.delete("Job", "report")
    webbed.cloud.advance(minutes=1)
    assert kube.get("Node") == []
    first = [each for each in usage_of(webbed.cloud.world) if isinstance(each, TaskUsage)]
    webbed.cloud.advance(hours=1)
    assert [each for each in usage_of(webbed.cloud.world) if isinstance(each, TaskUsage)] == first


def test_a_job_with_a_time_to_live_cleans_up_after_itself(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("batch", "1", exit_after=30.0)
    kube = kubectl(webbed)
    spec = {"pod": {"restartPolicy": "Never"}, "ttlSecondsAfterFinished": 60}
    kube.apply(controller("Job", "report", container(image), **spec))
    webbed.cloud.advance(minutes=10)
    assert (kube.get("Job"), kube.get("Node")) == ([], [])


def test_a_finished_job_whose_pod_is_deleted_does_not_run_again(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("batch", "1", exit_after=30.0)
    kube = kubectl(webbed)
    manifest = controller("Job", "report", container(image), pod={"restartPolicy": "Never"})
    kube.apply(manifest)
    webbed.cloud.advance(minutes=10)
    kube.delete("Pod", kube.get("Pod")[0]["metadata"]["name"])
    webbed.cloud.advance(minutes=10)
    assert (kube.get("Pod"), kube.get("Node")) == ([], [])
    assert kube.apply(manifest) == ["job.batch/report unchanged"]
    webbed.cloud.advance(minutes=10)
    assert kube.get("Pod") == []
    manifest["spec"]["ttlSecondsAfterFinished"] = 60
    assert kube.apply(manifest) == ["job.batch/report configured"]
    webbed.cloud.advance(minutes=10)
    assert kube.get("Job") == []


def test_a_job_that_fails_tries_again_as_often_as_its_limit_says(webbed: EksShop) -> None:
    image = webbed.cloud.push_image("batch", "1", exit_after=1.0, exit_code=3)
    kube = kubectl(webbed)
    spec = {"pod": {"restartPolicy": "Never"}, "backoffLimit": 1}
    kube.apply(controller("Job", "report", container(image), **spec))
    webbed.cloud.advance(minutes=10)
    assert kube.get("Job", "report")["status"] == {"active": 0, "succeeded": 0, "failed": 2}


def test_a_pod_with_an_init_container_that_never_ends_waits(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    waiting = {"name": "wait", "image": webbed.cloud.push_image("wait", "1")}
    done = {"name": "done", "image": webbed.cloud.push_image("done", "1", exit_after=1.0)}
    kube.apply([pod("a", initContainers=[done, waiting]), pod("b", initContainers=[done])])
    webbed.cloud.advance(minutes=3)
    assert status(kube, "a") == "Init:1/2"
    assert status(kube, "b") == "Running"


# --- profiles, CoreDNS, logging


@pytest.mark.operation("eks:CreateFargateProfile", "eks:DeleteFargateProfile")
def test_a_deleted_profile_takes_its_pods_with_it(webbed: EksShop) -> None:
    #
    kube = kubectl(webbed)
    kube.apply(controller("Deployment", "web"))
    webbed.cloud.advance(minutes=2)
    webbed.eks.delete_fargate_profile(clusterName="shop", fargateProfileName="web")
    webbed.cloud.advance(minutes=5)
    (left,) = kube.get("Pod")
    assert (left["spec"]["schedulerName"], left["status"]["phase"]) == ("default-scheduler", "Pending")
    assert kube.get("Node") == []


def test_core_dns_waits_for_nodes_until_its_annotation_goes(ready: EksShop) -> None:
    #
    ready.open_profile("dns", selectors=[{"namespace": "kube-system", "labels": {"k8s-app": "kube-dns"}}])
    kube = kubectl(ready)
    ready.cloud.advance(minutes=5)
    assert {status(kube, name, "kube-system") for name in pods(kube, "kube-system")} == {"Pending"}
    held = kube.get("Deployment", "coredns", namespace="kube-system")
    held["spec"]["template"]["metadata"]["annotations"] = {}
    kube.apply(held)
    ready.cloud.advance(minutes=3)
    assert {status(kube, name, "kube-system") for name in pods(kube, "kube-system")} == {"Running"}


@pytest.mark.operation("eks:CreateAddon", "eks:CreateFargateProfile")
def test_core_dns_as_an_addon_is_told_to_use_fargate(ready: EksShop) -> None:
    #
    ready.open_profile("dns", selectors=[{"namespace": "kube-system"}])
    values = '{"computeType": "Fargate"}'
    ready.eks.create_addon(clusterName="shop", addonName="coredns", configurationValues=values)
    ready.cloud.advance(minutes=5)
    kube = kubectl(ready)
    assert {status(kube, name, "kube-system") for name in pods(kube, "kube-system")} == {"Running"}


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"output.conf": "[OUTPUT]\n    Name cloudwatch_logs\n    Match *\n    region us-east-1\n"}, "LoggingEnabled"),
        ({"input.conf": "[INPUT]\n    Name tail\n"}, "LoggingDisabled"),
        (None, "LoggingDisabled"),
    ],
)
def test_pods_log_as_the_config_map_says_when_they_are_created(
    webbed: EksShop, data: dict[str, str] | None, said: str
) -> None:
    #
    kube = kubectl(webbed)
    home = {"name": "aws-observability", "labels": {"aws-observability": "enabled"}}
    kube.apply({"apiVersion": "v1", "kind": "Namespace", "metadata": home})
    if data is not None:
        where = {"name": "aws-logging", "namespace": "aws-observability"}
        kube.apply({"apiVersion": "v1", "kind": "ConfigMap", "metadata": where, "data": data})
    kube.apply(pod("web"))
    webbed.cloud.advance(minutes=1)
    assert said in messages(kube, "web")
    assert kube.get("Pod", "web")["metadata"]["annotations"]["Logging"].startswith(said)


# --- the transcript


def story(cloud: Cloud) -> list[Any]:
    """Everything that a learner saw."""
    shop = EksShop(cloud)
    shop.open_cluster()
    shop.open_profile()
    kube = kubectl(shop)
    seen: list[Any] = [kube.apply(controller("Deployment", "web", container(BUSYBOX), replicas=2))]
    with pytest.raises(KubernetesError):
        kube.get("Pod", "none")
    cloud.advance(minutes=3)
    seen += [kube.get("Pod"), kube.get("Node"), [kube.describe("Pod", name) for name in pods(kube)]]
    seen += [kube.logs(name) for name in pods(kube) if status(kube, name) == "Running"]
    kube.delete("Deployment", "web")
    cloud.advance(minutes=1)
    return [*seen, str(cloud.story)]


def test_the_same_calls_give_the_same_answers() -> None:
    with Cloud(seed=5) as one:
        first = story(one)
    with Cloud(seed=5) as two:
        assert story(two) == first


def test_a_transcript_builds_the_pods_again() -> None:
    with Cloud(seed=5) as cloud:
        story(cloud)
        records = json.loads(json.dumps(list(cloud.transcript)))
        told = str(cloud.story)
    assert {"kubernetes", "call", "advance"} <= {each["kind"] for each in records}
    with Cloud(seed=5) as cloud:
        assert replay(cloud, records, services=("eks", "ec2", "iam")) == []
        assert str(cloud.story) == told


def test_a_forged_call_of_kubernetes_is_a_divergence() -> None:
    with Cloud(seed=5) as cloud:
        story(cloud)
        records = list(cloud.transcript)
    at = next(i for i, each in enumerate(records) if each["kind"] == "kubernetes" and each["do"] == "get")
    for change in ({"answer": "mine"}, {"do": "_submit"}, {"do": "exec"}, {"given": 5}, {"given": {"no": "such"}}):
        with Cloud(seed=5) as cloud:
            found = replay(cloud, [*records[:at], {**records[at], **change}], services=("eks", "ec2", "iam"))
            assert [one.index for one in found] == [at]
    with Cloud(seed=5) as cloud:
        found = replay(cloud, [records[at]], services=("ec2",))
        assert [one.what for one in found] == ["eks is not a service of this lab"]


def test_what_happens_in_a_copy_stays_there(webbed: EksShop) -> None:
    kube = kubectl(webbed)
    kube.apply(pod("web"))
    with webbed.cloud.copy() as future:
        future.advance(minutes=2)
        assert status(future.kubernetes("shop"), "web") == "Running"
        future.kubernetes("shop").delete("Pod", "web")
    assert status(kube, "web") == "Pending"
    webbed.cloud.advance(minutes=2)
    assert status(kube, "web") == "Running"
