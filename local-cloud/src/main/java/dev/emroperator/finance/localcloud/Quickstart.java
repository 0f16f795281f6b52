package dev.emroperator.finance.localcloud;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One real analysis from {@code kubectl apply} to its results, on one machine. */
public final class Quickstart {

  private static final Duration LONGEST = Duration.ofMinutes(30);

  private final LocalCloud cloud;
  private final QuickstartOptions options;
  private final Kubectl kubectl;
  private GenericKubernetesResource object;

  private Quickstart(LocalCloud cloud, QuickstartOptions options) throws IOException {
    this.cloud = cloud;
    this.options = options;
    this.kubectl = new Kubectl(cloud.kubernetes());
    this.object =
        Serialization.unmarshal(
            Files.readString(options.object()), GenericKubernetesResource.class);
  }

  /** Exit code 0 only if the object succeeded and no cluster is alive. */
  public static void main(String[] args) {
    QuickstartOptions options;
    try {
      options = QuickstartOptions.of(args, Checkout.find());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + "\n\n" + QuickstartOptions.USAGE);
      System.exit(2);
      return;
    }
    try {
      System.exit(run(options) ? 0 : 1);
    } catch (IOException | RuntimeException e) {
      System.err.println("quickstart failed: " + e.getMessage());
      System.exit(1);
    }
  }

  private static boolean run(QuickstartOptions options) throws IOException {
    Instant start = Instant.now();
    say("starting kube-apiserver, etcd, S3 and EMR on this machine");
    try (LocalCloud cloud = LocalCloud.start(LocalCloud.VISIBLE_DELAYS, Quickstart::say)) {
      Quickstart quickstart = new Quickstart(cloud, options);
      quickstart.prepare();
      boolean succeeded = quickstart.analyse();
      say("took %d s".formatted(Duration.between(start, Instant.now()).toSeconds()));
      quickstart.sayHowToGoOn();
      if (options.keep()) {
        quickstart.waitForCtrlC();
      }
      return succeeded;
    }
  }

  private void prepare() {
    kubectl.print("apply", "-f", cloud.checkout().crd().toString());
    try (KubernetesClient client = cloud.kubernetes().client()) {
      var namespace = new NamespaceBuilder().withNewMetadata().withName(namespace()).endMetadata();
      client.resource(namespace.build()).serverSideApply();
    }
    kubectl.awaitKinds();
    object = asStored();
    List.of("emr-artifacts", "emr-logs").forEach(cloud.s3()::createBucket);
    InputData.put(options::source, object, cloud.s3());
    say("starting the operator");
    cloud.startOperator(environment(object) + Environments.ALONE);
  }

  /** The object with its defaults; the API server refuses what the schema does in its own words. */
  private GenericKubernetesResource asStored() {
    String stored =
        kubectl.print(
            "apply",
            "--dry-run=server",
            "-o",
            "json",
            "-n",
            namespace(),
            "-f",
            options.object().toString());
    return Serialization.unmarshal(stored, GenericKubernetesResource.class);
  }

  /** An environment that allows what the object asks for. */
  static String environment(GenericKubernetesResource object) {
    List<Map<String, Object>> inputs = object.get("spec", "inputs");
    Map<String, Object> tags = object.get("spec", "tags");
    return Environments.local(
        object.get("spec", "environment"),
        inputs.stream().map(input -> root((String) input.get("path"))).collect(Collectors.toSet()),
        root(object.get("spec", "output", "path")),
        tags == null ? Set.of() : tags.keySet());
  }

  private static String root(String location) {
    return "s3://" + InputData.bucket(location) + "/";
  }

  private boolean analyse() {
    say("kubectl apply -f " + options.object().getFileName());
    System.out.println(
        kubectl.print("apply", "-n", namespace(), "-f", options.object().toString()) + "\n");
    GenericKubernetesResource end;
    try (KubernetesClient client = cloud.kubernetes().client()) {
      var resource =
          client
              .genericKubernetesResources(object.getApiVersion(), object.getKind())
              .inNamespace(namespace())
              .withName(object.getMetadata().getName());
      end = new LiveView().follow(client, resource, LONGEST);
    }
    say("kubectl get financialanalyses -n " + namespace());
    System.out.println(kubectl.print("get", "financialanalyses", "-n", namespace()));
    showResults(end);
    return showClusters() && "Succeeded".equals(LiveView.text(end, "phase"));
  }

  private void showResults(GenericKubernetesResource end) {
    List<Map<String, Object>> outputs = end.get("status", "outputs");
    boolean csv = "csv".equals(end.get("spec", "output", "format"));
    for (Map<String, Object> output : outputs == null ? List.<Map<String, Object>>of() : outputs) {
      String path = (String) output.get("path");
      say("%s: %s rows in %s".formatted(output.get("analysis"), output.get("rows"), path));
      System.out.println(FirstRows.of(cloud.s3().file(path), csv));
    }
  }

  /** True when none is alive. */
  private boolean showClusters() {
    List<EmrProcess.Cluster> clusters = cloud.emr().clusters();
    say("aws emr list-clusters");
    clusters.forEach(
        c -> System.out.printf("%s  %-11s %s  %s%n", c.id(), c.state(), c.name(), c.reason()));
    return clusters.stream().noneMatch(EmrProcess.Cluster::isAlive);
  }

  private void sayHowToGoOn() {
    if (options.keep()) {
      say("everything goes on running; in another terminal:");
      Path kubectlFolder = cloud.kubernetes().kubectl().getParent();
      System.out.printf(
          """
          export KUBECONFIG=%s PATH=%s:$PATH
          export AWS_ENDPOINT_URL_EMR=%s AWS_ENDPOINT_URL_S3=%s AWS_REGION=us-east-1
          kubectl get fa -n %s -o wide; kubectl explain fa.spec.analyses
          """,
          cloud.kubernetes().kubeconfig(),
          kubectlFolder,
          cloud.emr().endpoint(),
          cloud.s3().endpoint(),
          namespace());
    } else {
      say("go on with");
      System.out.println(
          """
          ./quickstart --keep                      leave it running and try kubectl by hand
          ./quickstart -f examples/sql.yaml        another example
          ./quickstart -f my.yaml --data FOLDER    your own analysis on your own files
          docs/                                    how to write an analysis and read its results""");
    }
  }

  private void waitForCtrlC() {
    say("Ctrl-C ends it all");
    try {
      Thread.currentThread().join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String namespace() {
    String namespace = object.getMetadata() == null ? null : object.getMetadata().getNamespace();
    return namespace == null ? "default" : namespace;
  }

  private static void say(String what) {
    System.out.println("\n== " + what);
  }
}
