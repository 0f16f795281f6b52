package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.Cluster;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.InstanceFleetType;
import software.amazon.awssdk.services.emr.model.InvalidRequestException;
import software.amazon.awssdk.services.emr.model.RunJobFlowRequest;
import software.amazon.awssdk.services.emr.model.StepConfig;

/** The emulator through the AWS SDK: what the SDK can read is what EMR would have said. */
class WireTest {

  private EmrEmulator emulator;
  private EmrClient emr;

  @BeforeEach
  void start() throws IOException {
    emulator = EmrEmulator.start(Settings.IMMEDIATE);
    emr = client(emulator);
  }

  /** A client that repeats nothing by itself. */
  static EmrClient client(EmrEmulator emulator) {
    return client(emulator, Region.EU_WEST_1);
  }

  private static EmrClient client(EmrEmulator emulator, Region region) {
    return EmrClient.builder()
        .region(region)
        .endpointOverride(emulator.endpoint())
        .overrideConfiguration(o -> o.retryStrategy(AwsRetryStrategy.doNotRetry()))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .build();
  }

  @AfterEach
  void stop() {
    emr.close();
    emulator.close();
  }

  static RunJobFlowRequest.Builder request(String name) {
    return RunJobFlowRequest.builder()
        .name(name)
        .releaseLabel("emr-7.12.0")
        .serviceRole("EMR_DefaultRole_V2")
        .jobFlowRole("EMR_EC2_DefaultRole")
        .logUri("s3://logs/emr/")
        .tags(t -> t.key("team").value("research"))
        .instances(
            i ->
                i.keepJobFlowAliveWhenNoSteps(true)
                    .ec2SubnetIds("subnet-1", "subnet-2")
                    .instanceFleets(
                        f ->
                            f.instanceFleetType(InstanceFleetType.MASTER)
                                .targetOnDemandCapacity(1)
                                .instanceTypeConfigs(t -> t.instanceType("m6i.xlarge")),
                        f ->
                            f.instanceFleetType(InstanceFleetType.CORE)
                                .targetOnDemandCapacity(3)
                                .instanceTypeConfigs(
                                    t -> t.instanceType("m6i.2xlarge").weightedCapacity(2))));
  }

  static StepConfig step(String name, String action, String... args) {
    return StepConfig.builder()
        .name(name)
        .actionOnFailure(action)
        .hadoopJarStep(j -> j.jar("command-runner.jar").args(args))
        .build();
  }

  private String run(UnaryOperator<RunJobFlowRequest.Builder> change) {
    return emr.runJobFlow(change.apply(request("test")).build()).jobFlowId();
  }

  private Cluster describe(String id) {
    return emr.describeCluster(r -> r.clusterId(id)).cluster();
  }

  private void await(String id, String state) {
    Eventually.isTrue(
        () -> describe(id).status().stateAsString().equals(state), () -> describe(id).toString());
  }

  @Test
  void aClusterIsDescribedAsEmrDoes() {
    String id = run(r -> r);
    await(id, "WAITING");
    Cluster cluster = describe(id);
    assertTrue(id.matches("j-[A-Z0-9]{13}"));
    assertEquals(
        "arn:aws:elasticmapreduce:eu-west-1:123456789012:cluster/" + id, cluster.clusterArn());
    assertEquals("s3n://logs/emr/", cluster.logUri());
    assertEquals("Cluster ready to run steps.", cluster.status().stateChangeReason().message());
    assertEquals("research", cluster.tags().get(0).value());
    assertFalse(cluster.autoTerminate());
    assertTrue(
        !cluster
            .status()
            .timeline()
            .readyDateTime()
            .isBefore(cluster.status().timeline().creationDateTime()));
  }

  @Test
  void fleetsCountUnitsAndMayOvershoot() {
    String id = run(r -> r);
    await(id, "WAITING");
    var fleets = emr.listInstanceFleets(r -> r.clusterId(id)).instanceFleets();
    assertEquals(4, fleets.get(1).provisionedOnDemandCapacity());
    assertEquals(2, fleets.get(1).instanceTypeSpecifications().get(0).weightedCapacity());
    assertEquals(3, emr.listInstances(r -> r.clusterId(id)).instances().size());
    assertEquals(
        2,
        emr.listInstances(r -> r.clusterId(id).instanceFleetType(InstanceFleetType.CORE))
            .instances()
            .size());
  }

  @Test
  void listsPagesOfFiftyNewestFirst() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 120; i++) {
      made.add(run(r -> r));
    }
    var first = emr.listClusters();
    assertEquals(50, first.clusters().size());
    Set<String> listed = new HashSet<>();
    emr.listClustersPaginator().clusters().forEach(c -> listed.add(c.id()));
    assertEquals(made, listed);
    assertEquals(
        0, emr.listClusters(r -> r.clusterStatesWithStrings("TERMINATED")).clusters().size());
  }

  @Test
  void stepsAreListedNewestFirst() {
    String id = run(r -> r);
    emr.addJobFlowSteps(
        r -> r.jobFlowId(id).steps(step("a", "CONTINUE", "true"), step("b", "CONTINUE", "true")));
    var steps = emr.listSteps(r -> r.clusterId(id)).steps();
    assertEquals(List.of("b", "a"), steps.stream().map(s -> s.name()).toList());
    Eventually.isTrue(
        () ->
            emr.listSteps(r -> r.clusterId(id)).steps().stream()
                .allMatch(s -> s.status().stateAsString().equals("COMPLETED")),
        () -> emr.listSteps(r -> r.clusterId(id)).toString());
  }

  @Test
  void refusesInTheWordsAndTypesOfEmr() {
    var unknown = assertThrows(InvalidRequestException.class, () -> describe("j-X"));
    assertEquals("NoSuchCluster", unknown.emrErrorCode());
    assertTrue(unknown.getMessage().contains("Cluster id 'j-X' is not valid."));

    assertRefused("ServiceRole is required", r -> r.serviceRole(null));
    assertRefused("release label is invalid: latest", r -> r.releaseLabel("latest"));
    assertRefused("name is not valid", r -> r.name("a<b"));
    assertRefused("one and only one of the following", r -> r.instances(i -> i.instanceCount(3)));
    assertRefused("Action on failure 'NONE'", r -> r.steps(step("a", "NONE", "true")));
    assertRefused("exceeds 10240", r -> r.steps(step("a", "CONTINUE", "x".repeat(10_241))));
    assertRefused(
        "duplicate instance types [m6i.xlarge]",
        r ->
            r.instances(
                i ->
                    i.instanceFleets(
                        f ->
                            f.instanceFleetType(InstanceFleetType.MASTER)
                                .targetOnDemandCapacity(1)
                                .instanceTypeConfigs(
                                    t -> t.instanceType("m6i.xlarge"),
                                    t -> t.instanceType("m6i.xlarge")))));
    assertTrue(emr.listClusters().clusters().isEmpty());

    String id = run(r -> r);
    assertThrows(InvalidRequestException.class, () -> emr.listInstanceGroups(r -> r.clusterId(id)));
    EmrException notOffered = assertThrows(EmrException.class, () -> emr.listStudios(r -> {}));
    assertEquals("UnknownOperationException", notOffered.awsErrorDetails().errorCode());
  }

  private void assertRefused(String said, UnaryOperator<RunJobFlowRequest.Builder> change) {
    EmrException refusal = assertThrows(EmrException.class, () -> run(change));
    assertEquals("ValidationException", refusal.awsErrorDetails().errorCode());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
  }

  @Test
  void aDeadClusterTakesNoStepsAndDiesOnlyOnce() {
    String id = run(r -> r);
    emr.terminateJobFlows(r -> r.jobFlowIds(id));
    emr.terminateJobFlows(r -> r.jobFlowIds(id));
    await(id, "TERMINATED");
    assertEquals("Terminated by user request", describe(id).status().stateChangeReason().message());
    EmrException refusal =
        assertThrows(
            EmrException.class,
            () -> emr.addJobFlowSteps(r -> r.jobFlowId(id).steps(step("a", "CONTINUE", "true"))));
    assertTrue(refusal.getMessage().contains("may not be modified"));
  }

  @Test
  void theJournalShowsEveryCall() {
    String id = run(r -> r);
    assertThrows(InvalidRequestException.class, () -> describe("j-X"));
    var calls = emulator.journal().calls();
    assertEquals("RunJobFlow", calls.get(0).operation());
    assertEquals("ok", calls.get(0).outcome());
    assertEquals("InvalidRequestException", calls.get(1).outcome());
    assertTrue(calls.get(0).invocationId() != null && id != null);
  }

  @Test
  void aListHasTheClustersOfItsRegion() {
    String id = emr.runJobFlow(request("here").build()).jobFlowId();
    try (EmrClient elsewhere = client(emulator, Region.US_EAST_2)) {
      assertEquals(List.of(), elsewhere.listClusters(r -> {}).clusters());
    }
    assertEquals(id, emr.listClusters(r -> {}).clusters().get(0).id());
  }
}
