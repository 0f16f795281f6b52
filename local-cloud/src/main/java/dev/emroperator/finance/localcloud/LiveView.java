package dev.emroperator.finance.localcloud;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Follows an object as {@code kubectl get --watch} does, one line for each change that a person
 * sees.
 */
final class LiveView {

  private static final Set<String> FINAL = Set.of("Succeeded", "Failed");
  private static final String ROW = "%-13s %-6s %-9s %-16s %s";

  private final Instant start = Instant.now();
  private String last = "";

  /** Prints until the phase is final and the cluster gone, or the time is over. */
  GenericKubernetesResource follow(
      KubernetesClient client, Resource<GenericKubernetesResource> resource, Duration within) {
    System.out.println(
        "  TIME  " + ROW.formatted("PHASE", "STEPS", "PROGRESS", "CLUSTER", "MESSAGE"));
    BlockingQueue<GenericKubernetesResource> changes = new LinkedBlockingQueue<>();
    try (var informer = resource.inform(new Changes(changes))) {
      Instant deadline = start.plus(within);
      while (Instant.now().isBefore(deadline)) {
        GenericKubernetesResource object = changes.poll(1, TimeUnit.SECONDS);
        if (object == null) {
          continue;
        }
        if (!text(object, "phase").isEmpty()) {
          print(object);
        }
        if (isOver(object)) {
          return object;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    throw new IllegalStateException("not done within " + within.toMinutes() + " minutes");
  }

  private void print(GenericKubernetesResource object) {
    String row =
        ROW.formatted(
            text(object, "phase"),
            text(object, "progress", "summary"),
            text(object, "progress", "display"),
            text(object, "cluster", "id"),
            text(object, "message"));
    if (!row.equals(last)) {
      last = row;
      System.out.printf("%5ds  %s%n", Duration.between(start, Instant.now()).toSeconds(), row);
    }
  }

  private static boolean isOver(GenericKubernetesResource object) {
    boolean clusterIsGone =
        object.get("status", "cluster") == null
            || object.get("status", "cluster", "endedAt") != null;
    return FINAL.contains(text(object, "phase")) && clusterIsGone;
  }

  /** A field of the status as text, empty when there is none. */
  static String text(GenericKubernetesResource object, String... path) {
    Object value = object.getAdditionalProperties().get("status");
    for (String name : List.of(path)) {
      value = value instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return value == null ? "" : value.toString();
  }

  private record Changes(BlockingQueue<GenericKubernetesResource> queue)
      implements io.fabric8.kubernetes.client.informers.ResourceEventHandler<
          GenericKubernetesResource> {
    @Override
    public void onAdd(GenericKubernetesResource object) {
      queue.add(object);
    }

    @Override
    public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
      queue.add(object);
    }

    @Override
    public void onDelete(GenericKubernetesResource object, boolean unknown) {
      queue.add(object);
    }
  }
}
