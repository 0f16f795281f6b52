package dev.emroperator.finance.e2e.gitops;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Cloud;
import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.e2e.job.SmallJob;
import dev.emroperator.finance.localcloud.LocalCloud;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A local cloud with the small job, and every version of the objects that live there. */
record Desk(Cloud cloud, Versions versions) {

  static final Duration SHORT = Duration.ofSeconds(60);

  /** Starts it, without an operator. */
  static Desk start() {
    List<String> options = new ArrayList<>(LocalCloud.NO_DELAYS);
    options.addAll(List.of("--spark-submit", SmallJob.command()));
    Cloud cloud = new Cloud(options);
    return new Desk(cloud, Versions.of(cloud));
  }

  void close() {
    versions.close();
    cloud.close();
  }

  /** Tells the attempts of an object how to behave, in the words of docs/fault-script.md. */
  void behave(String name, String attempts) {
    try {
      Path told = Files.createTempFile(cloud.cloud().folder(), "behaviour", ".json");
      Files.writeString(told, attempts);
      cloud.cloud().s3().put(told, "s3://research/" + name + "/_behaviour.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void apply(String name, String more) {
    cloud.putStocks(name);
    var answer = cloud.apply(Objects.analysis(name) + more);
    assertEquals(0, answer.exitCode(), answer.printed());
  }

  void awaitPhase(String name, String phase) {
    cloud.await(() -> phase.equals(cloud.field(name, ".status.phase")), name + " " + phase, SHORT);
  }

  void awaitReason(String name, String reason) {
    cloud.await(
        () -> reason.equals(cloud.field(name, ".status.conditions[?(@.type=='Ready')].reason")),
        name + " " + reason,
        SHORT);
  }

  void suspend(String name, boolean suspend) {
    patch(name, "{\"spec\":{\"suspend\":" + suspend + "}}");
  }

  void patch(String name, String merge) {
    cloud.kubectl("patch", "fa", name, "--type=merge", "-p", merge);
  }

  void ask(String name, String request) {
    cloud.kubectl(
        "annotate", "fa", name, "finance.emr-operator.dev/" + request + "-requested-at=now");
  }

  /** Waits until a request was heard and its run has ended in a phase. */
  void awaitHeard(String name, String request, String phase) {
    cloud.await(
        () -> "now".equals(cloud.field(name, ".status.handledRequests." + request)),
        request + " of " + name,
        SHORT);
    awaitPhase(name, phase);
  }
}
