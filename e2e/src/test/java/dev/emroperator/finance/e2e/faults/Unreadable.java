package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.localcloud.Kubectl;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;

/**
 * One object among a hundred whose spec can't be read, as an older schema may have let it in. The
 * schema is loosened for that time, so this is run alone.
 */
final class Unreadable {

  static final String KIND = "unreadable object";
  static final Drill DRILL = new Drill(KIND, "one among a hundred", Unreadable::run);

  private static final int GOOD = 99;
  private static final String CRD = "financialanalyses.finance.emr-operator.dev";
  private static final String SCHEMA = "/spec/versions/0/schema/openAPIV3Schema";

  /** Rules that speak of inputs would not compile without their type. */
  private static final String LOOSENED =
      ("[{\"op\": \"remove\", \"path\": \"%1$s/x-kubernetes-validations\"}, {\"op\": \"remove\","
              + " \"path\": \"%1$s/properties/spec/x-kubernetes-validations\"}, {\"op\": \"replace\","
              + " \"path\": \"%1$s/properties/spec/properties/inputs\", \"value\":"
              + " {\"x-kubernetes-preserve-unknown-fields\": true}}]")
          .formatted(SCHEMA);

  private static final String RESTORED = "[{\"op\": \"replace\", \"path\": \"%s\", \"value\": %s}]";

  private Unreadable() {}

  private static Finding run(Lane lane) {
    Kubectl kubectl = new Kubectl(lane.cloud().kubernetes());
    String schema =
        kubectl.print(
            "get", "crd", CRD, "-o", "jsonpath={.spec.versions[0].schema.openAPIV3Schema}");
    String broken = lane.nextName();
    Finding finding;
    boolean gone = false;
    try {
      kubectl.print("patch", "crd", CRD, "--type=json", "-p", LOOSENED);
      try {
        finding = among(lane, broken);
      } finally {
        gone = goes(lane, broken);
      }
    } finally {
      kubectl.print("patch", "crd", CRD, "--type=json", "-p", RESTORED.formatted(SCHEMA, schema));
    }
    List<String> violations = new ArrayList<>(finding.violations());
    if (!gone) {
      violations.add("the broken object stays after its deletion");
    }
    return finding.with(violations);
  }

  private static Finding among(Lane lane, String broken) {
    Course.require(lane.await(() -> accepted(lane, broken), Course.SOON), "it is let in");
    Crowd crowd = Crowd.apply(lane, GOOD);
    crowd.awaitEnd();
    String message = lane.status(broken, "message");
    Finding finding = crowd.judge(KIND, DRILL.what(), () -> true);
    List<String> violations = new ArrayList<>(finding.violations());
    if (!message.contains("spec is not one that this version of the operator can read")) {
      violations.add("the broken object is not refused, but told: '" + message + "'");
    }
    if (!lane.lives(broken).isEmpty()) {
      violations.add("the broken object got a cluster: " + lane.lives(broken));
    }
    return finding.with(violations);
  }

  /** Never throws, so that a failure before it is the one that is told. */
  private static boolean goes(Lane lane, String object) {
    try {
      lane.delete(object);
      return lane.await(() -> lane.get(object) == null, Course.SOON);
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** The API server takes some time to let it in. */
  private static boolean accepted(Lane lane, String object) {
    try {
      String inputs = "(?s)  inputs:.*?\n  analyses:";
      lane.create(lane.yaml(object).replaceAll(inputs, "  inputs: none\n  analyses:"));
      return true;
    } catch (KubernetesClientException e) {
      return lane.get(object) != null;
    }
  }
}
