package dev.emroperator.finance.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A cluster whose object was taken away behind the operator's back does not go on. */
class OrphansIT {

  private static final Duration SHORT = Duration.ofSeconds(60);

  @Test
  void aClusterWithoutAnObjectIsReportedAndTerminated() {
    Cloud cloud = Cloud.withOperator();
    cloud.putStocks("abandoned");
    assertEquals(0, cloud.apply(Objects.analysis("abandoned")).exitCode());
    cloud.await(
        () -> !cloud.field("abandoned", ".status.cluster.id").isEmpty(), "the cluster", SHORT);
    String id = cloud.field("abandoned", ".status.cluster.id");
    cloud.killOperator();
    cloud.kubectl(
        "patch", "fa", "abandoned", "--type=merge", "-p", "{\"metadata\":{\"finalizers\":[]}}");
    cloud.kubectl("delete", "fa", "abandoned", "--timeout=60s");
    cloud.startOperator();

    cloud.awaitNoCluster("abandoned", SHORT);
    String event =
        cloud.kubectl(
            "get",
            "events",
            "--field-selector=reason=OrphanedCluster",
            "-o",
            "jsonpath={.items[*].involvedObject.kind} {.items[*].message}");
    assertTrue(event.startsWith("Namespace cluster " + id), event);
  }
}
