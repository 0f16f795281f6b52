package dev.emroperator.finance.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.emr.EmrClient;
import software.amazon.awssdk.services.emr.model.AutoTerminationPolicy;
import software.amazon.awssdk.services.emr.model.ComputeLimits;
import software.amazon.awssdk.services.emr.model.EmrException;
import software.amazon.awssdk.services.emr.model.ManagedScalingPolicy;

/** Managed scaling and auto-termination through the AWS SDK. */
class PoliciesTest {

  private EmrEmulator emulator;
  private EmrClient emr;

  @BeforeEach
  void start() throws IOException {
    emulator = EmrEmulator.start(Settings.IMMEDIATE);
    emr = WireTest.client(emulator);
  }

  @AfterEach
  void stop() {
    emr.close();
    emulator.close();
  }

  private static ManagedScalingPolicy scaling(Consumer<ComputeLimits.Builder> change) {
    ComputeLimits.Builder limits =
        ComputeLimits.builder()
            .unitType("InstanceFleetUnits")
            .minimumCapacityUnits(2)
            .maximumCapacityUnits(10)
            .maximumOnDemandCapacityUnits(2)
            .maximumCoreCapacityUnits(2);
    change.accept(limits);
    return ManagedScalingPolicy.builder().computeLimits(limits.build()).build();
  }

  private static AutoTerminationPolicy idle(long seconds) {
    return AutoTerminationPolicy.builder().idleTimeout(seconds).build();
  }

  private String run(ManagedScalingPolicy scaling, AutoTerminationPolicy idle) {
    return emr.runJobFlow(
            WireTest.request("test")
                .managedScalingPolicy(scaling)
                .autoTerminationPolicy(idle)
                .build())
        .jobFlowId();
  }

  private static void assertRefused(String said, Executable call) {
    EmrException refusal = assertThrows(EmrException.class, call);
    assertEquals("ValidationException", refusal.awsErrorDetails().errorCode());
    assertTrue(refusal.getMessage().contains(said), refusal.getMessage());
  }

  private void assertScalingRefused(String said, Consumer<ComputeLimits.Builder> change) {
    assertRefused(said, () -> run(scaling(change), null));
    String id = run(null, null);
    assertRefused(
        said,
        () ->
            emr.putManagedScalingPolicy(
                r -> r.clusterId(id).managedScalingPolicy(scaling(change))));
    assertNull(emr.getManagedScalingPolicy(r -> r.clusterId(id)).managedScalingPolicy());
  }

  @Test
  void limitsThatContradictEachOtherAreRefused() {
    assertScalingRefused("min capacity cannot be higher", l -> l.minimumCapacityUnits(11));
    assertScalingRefused("max On-Demand capacity", l -> l.maximumOnDemandCapacityUnits(11));
    assertScalingRefused(
        "The max Core capacity cannot be higher than max capacity",
        l -> l.maximumCoreCapacityUnits(11));
    assertScalingRefused("unit type 'Cores'", l -> l.unitType("Cores"));
    assertScalingRefused("MaximumCapacityUnits is required", l -> l.maximumCapacityUnits(null));
  }

  @Test
  void anIdleTimeoutIsOneMinuteToSevenDays() {
    assertRefused("between 60 and 604800", () -> run(null, idle(59)));
    assertRefused("between 60 and 604800", () -> run(null, idle(604_801)));
    String id = run(null, idle(604_800));
    assertRefused(
        "between 60 and 604800",
        () -> emr.putAutoTerminationPolicy(r -> r.clusterId(id).autoTerminationPolicy(idle(1))));
    assertEquals(
        604_800L,
        emr.getAutoTerminationPolicy(r -> r.clusterId(id)).autoTerminationPolicy().idleTimeout());
  }

  @Test
  void policiesAreGivenReadAndTakenAway() {
    String id = run(scaling(l -> {}), idle(60));
    assertEquals(
        scaling(l -> {}), emr.getManagedScalingPolicy(r -> r.clusterId(id)).managedScalingPolicy());
    ManagedScalingPolicy larger = scaling(l -> l.maximumCapacityUnits(20));
    emr.putManagedScalingPolicy(r -> r.clusterId(id).managedScalingPolicy(larger));
    assertEquals(larger, emr.getManagedScalingPolicy(r -> r.clusterId(id)).managedScalingPolicy());
    emr.removeManagedScalingPolicy(r -> r.clusterId(id));
    assertNull(emr.getManagedScalingPolicy(r -> r.clusterId(id)).managedScalingPolicy());

    emr.putAutoTerminationPolicy(r -> r.clusterId(id).autoTerminationPolicy(idle(120)));
    assertEquals(
        120L,
        emr.getAutoTerminationPolicy(r -> r.clusterId(id)).autoTerminationPolicy().idleTimeout());
    emr.removeAutoTerminationPolicy(r -> r.clusterId(id));
    assertNull(emr.getAutoTerminationPolicy(r -> r.clusterId(id)).autoTerminationPolicy());
  }
}
