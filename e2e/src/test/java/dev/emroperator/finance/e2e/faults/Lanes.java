package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.aws.OperatorPolicy;
import dev.emroperator.finance.e2e.job.SmallJob;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** One cloud, and the lanes in it that work off drills side by side. */
final class Lanes implements AutoCloseable {

  private final LocalCloud cloud;
  private final KubernetesClient client;
  private final List<Lane> all = new ArrayList<>();
  private final OperatorPolicy policy = new OperatorPolicy();

  /**
   * Starts all.
   *
   * @param count of lanes
   */
  Lanes(int count) {
    List<String> options = new ArrayList<>(LocalCloud.NO_DELAYS);
    options.set(options.indexOf("--quotas") + 1, "off");
    options.addAll(List.of("--spark-submit", SmallJob.command()));
    cloud = LocalCloud.start(options, System.out::println);
    client = cloud.kubernetes().client();
    List.of("emr-artifacts", "emr-logs", "market-data", "research")
        .forEach(cloud.s3()::createBucket);
    cloud
        .s3()
        .put(
            cloud.checkout().root().resolve("examples/data/stocks.csv.gz"),
            "s3://market-data/stocks/stocks.csv.gz");
    Kubectl kubectl = new Kubectl(cloud.kubernetes());
    kubectl.print("apply", "--server-side", "-f", cloud.checkout().crd().toString());
    kubectl.awaitKinds();
    for (int i = 1; i <= count; i++) {
      all.add(another("lane-" + i, Pace.SCALED));
    }
  }

  /** What it grants, to all that the operators of all lanes have called. */
  OperatorPolicy policy() {
    return policy;
  }

  Lane first() {
    return all.get(0);
  }

  LocalCloud cloud() {
    return cloud;
  }

  /** Another lane, with times of its own. */
  Lane another(String name, Pace pace) {
    return new Lane(cloud, client, name, pace, policy);
  }

  List<Lane> all() {
    return List.copyOf(all);
  }

  /** Each lane takes the next drill, until there is none. */
  List<Finding> work(List<Drill> drills) {
    Queue<Drill> left = new ConcurrentLinkedQueue<>(drills);
    List<Finding> findings = new CopyOnWriteArrayList<>();
    List<Thread> threads =
        all.stream()
            .map(lane -> new Thread(() -> work(lane, left, findings), lane.name()))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return findings;
  }

  /** The first lane takes all, one after the other, while the others rest. */
  List<Finding> workAlone(List<Drill> drills) {
    return workAlone(first(), drills);
  }

  List<Finding> workAlone(Lane lane, List<Drill> drills) {
    List<Finding> findings = new ArrayList<>();
    work(lane, new ConcurrentLinkedQueue<>(drills), findings);
    return findings;
  }

  private static void work(Lane lane, Queue<Drill> left, List<Finding> findings) {
    for (Drill drill = left.poll(); drill != null; drill = left.poll()) {
      Finding finding = finding(lane, drill);
      findings.add(finding);
      System.out.printf(
          "%-9s %-34s %5.1f s  %s  %s%n",
          finding.violations().isEmpty() ? (finding.reached() ? "kept" : "unreached") : "VIOLATED",
          finding.kind(),
          finding.recovery(),
          lane.name(),
          finding.what());
      finding.violations().forEach(System.out::println);
    }
  }

  /** A run that can't be judged counts as a violation. */
  private static Finding finding(Lane lane, Drill drill) {
    try {
      return drill.run().apply(lane);
    } catch (RuntimeException | AssertionError e) {
      lane.gateway().intercept(null);
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace));
      String told =
          "%s, %s: could not be judged: %s%n%s"
              .formatted(drill.kind(), drill.what(), trace, lane.logTail());
      return new Finding(drill.kind(), drill.what(), List.of(told), 0, 0, true);
    }
  }

  @Override
  public void close() {
    client.close();
    cloud.close();
  }
}
