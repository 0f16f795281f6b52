package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.localcloud.EmrProcess;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.Kubectl;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import dev.emroperator.finance.localcloud.gateway.Target;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Kubernetes, S3 and EMR on this machine, for one scenario. The operator runs with the rights of a
 * service account, so that the API server's audit log has its requests and no others; its calls of
 * S3 and EMR pass a gateway. Its share of EMR's quotas and its timing are the product's defaults.
 */
final class Stage implements AutoCloseable {

  private static final String SPACE = "emr-operator";

  private final Steps steps = new Steps();
  private final LocalCloud cloud;
  private final KubernetesClient client;
  private final Seen seen;
  private final Gateway gateway;
  private final Calls calls = new Calls();
  private final Path kubeconfig;
  private final List<Operator> operators = new ArrayList<>();

  /** EMR's calls that are known already, for all of them are many. */
  private final List<EmrProcess.Call> journal = new ArrayList<>();

  /**
   * Starts all but the operator; a cluster takes half as long to end as to start.
   *
   * @param quotas as the emulator's command line has them: off, on, or a factor
   * @param starting time from the request for a cluster until its step runs
   */
  Stage(String quotas, Duration starting) {
    this(quotas, starting, starting.dividedBy(2));
  }

  /**
   * Starts all but the operator.
   *
   * @param quotas as the emulator's command line has them: off, on, or a factor
   * @param starting time from the request for a cluster until its step runs
   * @param terminating time from the request for its end until a cluster is gone
   */
  Stage(String quotas, Duration starting, Duration terminating) {
    String half = starting.toMillis() / 2 + "ms";
    cloud =
        LocalCloud.start(
            List.of(
                "--provisioning", half,
                "--bootstrapping", half,
                "--terminating", terminating.toMillis() + "ms",
                "--quotas", quotas,
                "--spark-submit", steps.command()),
            Bench::tell);
    steps.use(store());
    List.of("emr-artifacts", "emr-logs", "market-data", "research")
        .forEach(cloud.s3()::createBucket);
    cloud
        .s3()
        .put(
            cloud.checkout().root().resolve("examples/data/stocks.csv.gz"),
            Analyses.INPUT + "stocks.csv.gz");
    Kubectl kubectl = new Kubectl(cloud.kubernetes());
    kubectl.print("apply", "--server-side", "-f", cloud.checkout().crd().toString());
    kubectl.print("wait", "--for=condition=Established", "crd", "--all", "--timeout=30s");
    Stream.of(SPACE, Analyses.NAMESPACE, "other")
        .forEach(name -> kubectl.print("create", "namespace", name));
    kubectl.print("create", "serviceaccount", SPACE, "-n", SPACE);
    kubectl.print(
        "create",
        "clusterrolebinding",
        SPACE,
        "--clusterrole=cluster-admin",
        "--serviceaccount=" + SPACE + ":" + SPACE);
    kubeconfig =
        cloud
            .kubernetes()
            .kubeconfigOf(
                SPACE, kubectl.print("create", "token", SPACE, "-n", SPACE, "--duration=6h"));
    client = cloud.kubernetes().client();
    seen = new Seen(client);
    gateway = cloud.startGateway();
    gateway.intercept(calls);
  }

  /** S3, without a gateway. */
  Store store() {
    return new Store(cloud.s3().endpoint(), HttpClient.newHttpClient());
  }

  Steps steps() {
    return steps;
  }

  Seen seen() {
    return seen;
  }

  Calls calls() {
    return calls;
  }

  EmrProcess emr() {
    return cloud.emr();
  }

  /** How many clusters there are now that nothing is ending, by EMR's own count. */
  long clusters() {
    return emr().lives().stream().filter(life -> life.terminating() == null).count();
  }

  /** All objects of all namespaces. */
  MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects() {
    return client.genericKubernetesResources(Analyses.API, Analyses.KIND);
  }

  Resource<GenericKubernetesResource> object(GenericKubernetesResource object) {
    return client.resource(object);
  }

  /** Deletes all objects of the usual namespace by one request. */
  void deleteAll() {
    new Kubectl(cloud.kubernetes())
        .print(
            "delete",
            "--raw=/apis/%s/namespaces/%s/financialanalyses"
                .formatted(Analyses.API, Analyses.NAMESPACE));
  }

  /** The replica that holds the lease; empty when none does. */
  String leader() {
    return client.resources(Lease.class).inNamespace(SPACE).list().getItems().stream()
        .map(lease -> lease.getSpec().getHolderIdentity())
        .filter(holder -> holder != null)
        .findFirst()
        .orElse("");
  }

  /** Starts the only operator, and waits until it is ready. */
  Operator startOperator(int regions) {
    return startOperator("operator", regions, List.of(Environments.ALONE.strip()));
  }

  /**
   * Starts one of several operators.
   *
   * @param regions each has EMR's quotas, and an environment, of its own
   * @param more lines of the configuration
   */
  Operator startOperator(String name, int regions, List<String> more) {
    Path gcLog = cloud.folder().resolve(name + "-gc-" + System.nanoTime() + ".log");
    String local =
        Environments.local(Analyses.INPUT, "s3://research/").replaceAll("(?m)^timing:.*\\R", "");
    long begun = System.currentTimeMillis();
    Operator operator =
        new Operator(
            cloud.startOperator(
                name,
                Analyses.configuration(local, regions, more),
                kubeconfig,
                Map.of(
                    // Whoever has options of their own gets both compilers, too, as in a pod.
                    "JAVA_TOOL_OPTIONS",
                    "-Xlog:gc:file=" + gcLog,
                    "POD_NAME",
                    name,
                    "POD_NAMESPACE",
                    SPACE,
                    "AWS_ENDPOINT_URL_S3",
                    gateway.endpoint(Target.S3).toString(),
                    "AWS_ENDPOINT_URL_EMR",
                    gateway.endpoint(Target.EMR).toString())),
            gcLog,
            begun);
    operators.add(operator);
    return operator;
  }

  /** The rows of the scenario, and what every scenario tells beside: call it before the end. */
  Measured measured(List<Row> rows) {
    Map<String, Object> common = new LinkedHashMap<>();
    common.put("operators", operators.stream().map(Operator::told).toList());
    common.putAll(
        new Totals(
                requests(0, Long.MAX_VALUE),
                emrCalls(0, Long.MAX_VALUE),
                calls.s3(0, Long.MAX_VALUE))
            .told());
    return new Measured(rows, common);
  }

  /** The operator's requests of the API server in a time, epoch milliseconds. */
  Requests requests(long from, long to) {
    return Requests.between(cloud.kubernetes().auditLog(), from, to);
  }

  /** EMR's calls in a time, epoch milliseconds. */
  List<EmrProcess.Call> emrCalls(long from, long to) {
    synchronized (journal) {
      journal.addAll(emr().calls(journal.size()));
      return journal.stream().filter(c -> from <= c.at() && c.at() < to).toList();
    }
  }

  /** When EMR was first asked for each cluster, epoch milliseconds, by the cluster's name. */
  Map<String, Long> asked(long from) {
    Map<String, Long> asked = new HashMap<>();
    emrCalls(from, Long.MAX_VALUE).stream()
        .filter(call -> call.operation().equals("RunJobFlow") && call.outcome().equals("ok"))
        .forEach(call -> asked.putIfAbsent(call.about().get(0), call.at()));
    return asked;
  }

  /** Waits for what has to come. */
  static void await(String what, Duration within, BooleanSupplier condition) {
    if (!comes(what, within, condition)) {
      throw new IllegalStateException(what + " did not come within " + within);
    }
  }

  /** Waits, and says now and then that it does; false when it did not come in time. */
  static boolean comes(String what, Duration within, BooleanSupplier condition) {
    long deadline = System.nanoTime() + within.toNanos();
    long tellAt = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      if (System.nanoTime() > tellAt) {
        Bench.tell("waiting for " + what);
        tellAt += TimeUnit.SECONDS.toNanos(20);
      }
      pass(Duration.ofMillis(200));
    }
    return true;
  }

  /** Lets time pass. */
  static void pass(Duration time) {
    try {
      TimeUnit.MILLISECONDS.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    seen.close();
    client.close();
    cloud.close();
    steps.close();
  }
}
