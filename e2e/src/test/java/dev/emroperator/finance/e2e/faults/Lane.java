package dev.emroperator.finance.e2e.faults;

import dev.emroperator.finance.e2e.Objects;
import dev.emroperator.finance.localcloud.ClusterLife;
import dev.emroperator.finance.localcloud.EmrProcess;
import dev.emroperator.finance.localcloud.Environments;
import dev.emroperator.finance.localcloud.LocalCloud;
import dev.emroperator.finance.localcloud.OperatorProcess;
import dev.emroperator.finance.localcloud.gateway.Call;
import dev.emroperator.finance.localcloud.gateway.Gateway;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A namespace with an operator of its own, whose calls all pass a gateway of its own; several lie
 * side by side in one cloud.
 */
final class Lane {

  /** How long a request of unknown fate must at least rest, in milliseconds of the scaled pace. */
  static final long UNSETTLED = 1000;

  private static final String API = "finance.emr-operator.dev/v1alpha1";

  private final LocalCloud cloud;
  private final KubernetesClient client;
  private final String name;
  private final Pace pace;
  private final Gateway gateway;
  private volatile OperatorProcess operator;
  private final Map<String, Long> deleted = new ConcurrentHashMap<>();
  private int objects;

  /**
   * Starts its operator.
   *
   * @param witness hears of all that it calls
   */
  Lane(LocalCloud cloud, KubernetesClient client, String name, Pace pace, Consumer<Call> witness) {
    this.cloud = cloud;
    this.client = client;
    this.name = name;
    this.pace = pace;
    this.gateway = cloud.startGateway();
    gateway.tell(witness);
    client
        .resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
        .create();
    startOperator();
  }

  String name() {
    return name;
  }

  Pace pace() {
    return pace;
  }

  Gateway gateway() {
    return gateway;
  }

  LocalCloud cloud() {
    return cloud;
  }

  /** A name that no object of the lane had before. */
  String nextName() {
    return "r" + ++objects;
  }

  void startOperator() {
    operator = another(name);
  }

  /** A second operator of the same installation, which knows nothing of the first. */
  OperatorProcess another(String log) {
    return cloud.startOperator(log, configuration(), cloud.kubernetes().kubeconfig(), gateway);
  }

  void killOperator() {
    operator.kill();
  }

  /** Another operator, which finds no job in S3 and has to upload it. */
  void forgetJob() {
    killOperator();
    Path jobs = cloud.s3().file("s3://emr-artifacts/" + name + "/jobs");
    try (Stream<Path> jars = Files.list(jobs)) {
      for (Path jar : jars.toList()) {
        Files.delete(jar);
      }
    } catch (NoSuchFileException e) {
      // Nothing was uploaded yet.
      return;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      startOperator();
    }
  }

  private String configuration() {
    return Environments.local("s3://market-data/", "s3://research/")
            .replace("installation: local", "installation: " + name)
            .replace("s3://emr-artifacts/", "s3://emr-artifacts/" + name + "/")
            .replaceAll("(?m)^timing:.*$", pace.timing())
        + "watchNamespaces: ["
        + name
        + "]\n"
        + Environments.ALONE;
  }

  /** Applies the usual object; {@code more} are further lines of its spec. */
  void apply(String object, String more) {
    create(yaml(object) + more);
  }

  /** The usual object. */
  String yaml(String object) {
    return Objects.analysis(object)
        .replace("s3://market-data/" + object + "/", "s3://market-data/stocks/")
        .replace("s3://research/" + object + "/", output(object));
  }

  void create(String yaml) {
    client.resource(yaml).inNamespace(name).create();
  }

  /** How the job is to behave, see docs/fault-script.md. */
  void behave(String object, String behaviour) {
    try {
      Path file = Files.createTempFile(cloud.folder(), "behaviour", ".json");
      Files.writeString(file, behaviour);
      cloud.s3().put(file, output(object) + "_behaviour.json");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What is to befall the next cluster of an object. */
  void fate(String object, String effect, long millis) {
    cloud
        .emr()
        .misbehave(
            ("{\"operation\": \"RunJobFlow\", \"effect\": \"%s\", \"millis\": %d,"
                    + " \"holding\": \"%s/%s/\"}")
                .formatted(effect, millis, name, object));
  }

  String output(String object) {
    return "s3://research/" + name + "-" + object + "/";
  }

  void patch(String object, String json) {
    resource(object).patch(PatchContext.of(PatchType.JSON_MERGE), json);
  }

  /** As a wrong hand, or a restored backup, would. */
  void wipeStatus(String object) {
    resource(object)
        .subresource("status")
        .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"status\": null}");
  }

  void delete(String object) {
    deleted.putIfAbsent(object, System.currentTimeMillis());
    resource(object).delete();
  }

  /** When its deletion was first asked for, epoch milliseconds; 0 if it was not. */
  long deletedAt(String object) {
    return deleted.getOrDefault(object, 0L);
  }

  /** Null when it is gone. */
  GenericKubernetesResource get(String object) {
    return resource(object).get();
  }

  /** A field of the status as text, empty when there is none. */
  String status(String object, String... path) {
    GenericKubernetesResource found = get(object);
    Object value = found == null ? null : found.getAdditionalProperties().get("status");
    for (String part : path) {
      value = value instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return value == null ? "" : value.toString();
  }

  private Resource<GenericKubernetesResource> resource(String object) {
    return client
        .genericKubernetesResources(API, "FinancialAnalysis")
        .inNamespace(name)
        .withName(object);
  }

  /** What EMR has of an object, the oldest first. */
  List<ClusterLife> lives(String object) {
    return cloud.emr().lives().stream().filter(life -> isOf(object, life.name())).toList();
  }

  /** The requests for a cluster that reached EMR, by its journal. */
  List<EmrProcess.Call> requests(String object) {
    return cloud.emr().calls(0).stream()
        .filter(call -> call.operation().equals("RunJobFlow"))
        .filter(call -> call.about().stream().anyMatch(about -> isOf(object, about)))
        .toList();
  }

  private boolean isOf(String object, String cluster) {
    return cluster.startsWith(name + "/" + name + "/" + object + "/");
  }

  /** True when the condition came in time. */
  boolean await(BooleanSupplier condition, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    while (System.nanoTime() < deadline) {
      if (isTrue(condition)) {
        return true;
      }
      try {
        TimeUnit.MILLISECONDS.sleep(100);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    return false;
  }

  /** An apiserver that is down is asked again. */
  private static boolean isTrue(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  /** The end of the operator's log. */
  String logTail() {
    List<String> lines = operator.log().lines().toList();
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }
}
