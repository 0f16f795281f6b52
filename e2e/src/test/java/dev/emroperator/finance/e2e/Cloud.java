package dev.emroperator.finance.e2e;

import dev.emroperator.finance.localcloud.EmrProcess;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.OperatorProcess;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** One local cloud for all tests of this JVM, with the chart installed and its operator. */
public final class Cloud implements AutoCloseable {

  public static final String NAMESPACE = "research";
  private static Cloud shared;

  private final LocalCloud cloud;
  private final Kubectl kubectl;
  private OperatorProcess operator;

  /** A cloud of one's own. */
  public Cloud(List<String> emulatorOptions) {
    cloud = LocalCloud.start(emulatorOptions, System.out::println);
    kubectl = new Kubectl(cloud.kubernetes());
    List.of("emr-artifacts", "emr-logs", "market-data", "research")
        .forEach(cloud.s3()::createBucket);
    Chart.install(cloud);
    kubectl.awaitKinds();
    kubectl.print("create", "namespace", NAMESPACE);
  }

  /** The one for all; whether an operator runs is not known. */
  public static synchronized Cloud shared() {
    if (shared == null) {
      shared = new Cloud(LocalCloud.NO_DELAYS);
    }
    return shared;
  }

  /** The cloud with an operator that is up. */
  public static synchronized Cloud withOperator() {
    Cloud cloud = shared();
    if (cloud.operator == null) {
      cloud.startOperator();
    }
    return cloud;
  }

  void startOperator() {
    operator = cloud.startOperator(alone(), Chart.kubeconfig(cloud));
  }

  private String alone() {
    return Chart.configuration(cloud) + "\n" + Environments.ALONE;
  }

  /** Ends the one operator, if it runs, for a test that starts others. */
  public void endOperator() {
    if (operator != null) {
      operator.end(Duration.ofSeconds(100));
      operator = null;
    }
  }

  /** Starts the operator so that a namespace runs one analysis at a time. */
  public void startOperatorWithQueue() {
    String one = alone().replaceFirst("(?m)^( *)maximumCapacity:", "$1maximumRuns: 1\n$0");
    operator = cloud.startOperator(one, Chart.kubeconfig(cloud));
  }

  /** One of several operators: it takes part in the election under its name. */
  public OperatorProcess startOperator(String name, String election) {
    return cloud.startOperator(
        name,
        Chart.configuration(cloud) + "\n" + election,
        Chart.kubeconfig(cloud),
        Map.of("POD_NAME", name, "POD_NAMESPACE", Chart.RELEASE, "EMR_OPERATOR_LOG", "json"));
  }

  /** Starts the operator so that all its calls go through a gateway. */
  void startOperator(Gateway gateway) {
    operator = cloud.startOperator(alone(), Chart.kubeconfig(cloud), gateway);
  }

  /** As a lost node would. */
  void killOperator() {
    operator.kill();
    operator = null;
  }

  @Override
  public void close() {
    cloud.close();
  }

  /** Where the one operator says whether it is ready. */
  public URI operatorReady() {
    return operator.ready();
  }

  String operatorLog() {
    return operator.log();
  }

  public LocalCloud cloud() {
    return cloud;
  }

  public void awaitKinds() {
    kubectl.awaitKinds();
  }

  public Kubectl.Answer run(String... args) {
    return kubectl.run(args);
  }

  /** {@code kubectl … -n research}, which must succeed. */
  public String kubectl(String... args) {
    String[] all = java.util.Arrays.copyOf(args, args.length + 2);
    all[args.length] = "-n";
    all[args.length + 1] = NAMESPACE;
    return kubectl.print(all);
  }

  /** Applies YAML and returns what kubectl says of it. */
  public Kubectl.Answer apply(String yaml) {
    return applyTo(NAMESPACE, yaml);
  }

  public Kubectl.Answer applyTo(String namespace, String yaml, String... options) {
    try {
      Path file = Files.createTempFile(cloud.folder(), "object", ".yaml");
      Files.writeString(file, yaml);
      List<String> args = new ArrayList<>(List.of("apply", "-n", namespace, "-f", file.toString()));
      args.addAll(List.of(options));
      return kubectl.run(args.toArray(String[]::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String field(String name, String jsonPath) {
    return kubectl("get", "fa", name, "-o", "jsonpath={" + jsonPath + "}");
  }

  /** Waits until the object is Ready or Stalled, and returns its phase. */
  public String awaitEnd(String name, Duration within) {
    await(
        () -> List.of("Succeeded", "Failed").contains(field(name, ".status.phase")),
        "the end of " + name,
        within);
    return field(name, ".status.phase");
  }

  public void await(BooleanSupplier condition, String what, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            what + " did not come within " + within + "\n" + kubectl("get", "fa", "-o", "yaml"));
      }
      try {
        TimeUnit.MILLISECONDS.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  /** Real prices, where {@link Objects#analysis} looks for its input. */
  public void putStocks(String name) {
    cloud.s3().put(stocks(), "s3://market-data/" + name + "/stocks.csv.gz");
  }

  public Path stocks() {
    return cloud.checkout().root().resolve("examples/data/stocks.csv.gz");
  }

  /** Waits until nothing of an object is left to be paid. */
  public void awaitNoCluster(String name, Duration within) {
    await(
        () -> clustersOf(name).stream().noneMatch(EmrProcess.Cluster::isAlive),
        "the end of all clusters",
        within);
  }

  /** The clusters that EMR made for an object, told by its own list. */
  public List<EmrProcess.Cluster> clustersOf(String name) {
    return cloud.emr().clusters().stream()
        .filter(c -> c.name().startsWith("local/" + NAMESPACE + "/" + name + "/"))
        .toList();
  }
}
