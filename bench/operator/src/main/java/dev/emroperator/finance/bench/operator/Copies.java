package dev.emroperator.finance.bench.operator;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.localcloud.ClusterLife;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Thousands of objects that have run or are running, for which EMR's quotas would need hours: the
 * operator takes one of each the whole way, and then, while it is down, they are copied, with
 * status, plan and cluster. All copies of a model write to the same place, each in a folder of its
 * own.
 */
final class Copies {

  private static final Duration LONGEST = Duration.ofMinutes(3);
  private static final Pattern PLAN = Pattern.compile("s3://[^\"]*plan\\.json");

  private final Stage stage;
  private final Store store;
  private final HttpClient http = HttpClient.newHttpClient();
  private Model finished;
  private Model running;
  private String request;
  private String plan;
  private String finalizer;

  private Copies(Stage stage) {
    this.stage = stage;
    this.store = stage.store();
  }

  /**
   * Lets an operator make the models, and ends it.
   *
   * @param length of the work of the model that runs
   */
  static Copies of(Stage stage, Duration length) {
    Copies copies = new Copies(stage);
    Operator operator = stage.startOperator(1);
    copies.finished = copies.model("finished-model", "Succeeded", "TERMINATED");
    stage.steps().last(() -> length);
    copies.running = copies.model("running-model", "Running", "RUNNING");
    copies.request = stage.calls().runJobFlow();
    stage.objects().inNamespace(Analyses.NAMESPACE).withName(copies.running.name()).delete();
    Stage.await("the end of the model", LONGEST, () -> stage.seen().count() == 1);
    operator.end();
    Matcher location = PLAN.matcher(copies.request);
    if (!location.find()) {
      throw new IllegalStateException("no plan in " + copies.request);
    }
    copies.plan = location.group();
    return copies;
  }

  private Model model(String name, String phase, String clusterState) {
    var object = stage.object(Analyses.of(Analyses.NAMESPACE, name, "r1", output(name)));
    object.create();
    Stage.await(
        name,
        LONGEST,
        () -> {
          GenericKubernetesResource now = object.get();
          Integer percent = now.get("status", "progress", "percent");
          return phase.equals(now.get("status", "phase"))
              && clusterState.equals(now.get("status", "cluster", "state"))
              && percent != null
              && now.get("status", "steps") != null;
        });
    finalizer = object.get().getMetadata().getFinalizers().get(0);
    return Model.of(object.get());
  }

  /** Adds objects whose work is done and whose clusters are gone. */
  void addFinished(String name, int count) {
    double seconds =
        Crew.work(
            count,
            i -> {
              GenericKubernetesResource object = create(name + "-" + i, finished);
              write(object, finished.rewritten(finished.status(), object));
            });
    Bench.tell("%d finished objects made in %.0f s".formatted(count, seconds));
  }

  /** Adds objects with clusters that run; returns when they do. */
  void addRunning(String name, int count) {
    stage.emr().quotas(0);
    double seconds = Crew.work(count, i -> addRunning(name + "-" + i));
    Stage.await("running clusters", LONGEST, () -> !isAnyStarting());
    stage.emr().quotas(1);
    Bench.tell("%d running objects made in %.0f s".formatted(count, seconds));
  }

  private void addRunning(String name) {
    GenericKubernetesResource object = create(name, running);
    String location = running.rewritten(plan, object);
    byte[] model = store.get(plan);
    store.put(
        location,
        running
            .rewritten(new String(model, StandardCharsets.UTF_8), object)
            .getBytes(StandardCharsets.UTF_8));
    String id = runJobFlow(running.rewritten(request, object));
    write(object, running.rewritten(running.status(), object).replace(running.clusterId(), id));
  }

  /** A short work may be over before the last cluster runs. */
  private boolean isAnyStarting() {
    return stage.emr().lives().stream()
        .map(ClusterLife::state)
        .anyMatch(state -> state.equals("STARTING") || state.equals("BOOTSTRAPPING"));
  }

  private static String output(String model) {
    return model.replace("-model", "") + "-copies";
  }

  private GenericKubernetesResource create(String name, Model model) {
    GenericKubernetesResource object =
        Analyses.of(Analyses.NAMESPACE, name, "r1", output(model.name()));
    object.getMetadata().setFinalizers(List.of(finalizer));
    return stage.object(object).create();
  }

  private void write(GenericKubernetesResource object, String status) {
    stage.object(object).subresource("status").patch(PatchContext.of(PatchType.JSON_MERGE), status);
  }

  private String runJobFlow(String body) {
    URI emr = stage.emr().endpoint();
    HttpRequest post =
        HttpRequest.newBuilder(emr.resolve("/"))
            .header("Content-Type", "application/x-amz-json-1.1")
            .header("X-Amz-Target", "ElasticMapReduce.RunJobFlow")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      String answer = http.send(post, BodyHandlers.ofString()).body();
      String id = new ObjectMapper().readTree(answer).path("JobFlowId").asText();
      if (id.isEmpty()) {
        throw new IllegalStateException("EMR answered " + answer);
      }
      return id;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
