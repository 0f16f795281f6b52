package dev.emroperator.finance.bench.operator;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;

/** What a user sees of all objects, and when, by a watch of its own. */
final class Seen implements AutoCloseable, ResourceEventHandler<GenericKubernetesResource> {

  /**
   * A status as it came.
   *
   * @param at epoch milliseconds
   * @param phase of the object; empty before the operator saw it
   * @param clusterId EMR's id; null without a cluster
   * @param clusterState EMR's word; null without a cluster
   * @param percent -1 before there is any progress
   */
  record Sight(long at, String phase, String clusterId, String clusterState, int percent) {

    boolean isEnd() {
      return phase.equals("Succeeded") || phase.equals("Failed");
    }

    private boolean tellsMoreThan(Sight before) {
      return before == null
          || !phase.equals(before.phase)
          || percent != before.percent
          || !Objects.equals(clusterState, before.clusterState);
    }
  }

  private final Map<String, List<Sight>> sights = new ConcurrentHashMap<>();
  private final SharedIndexInformer<GenericKubernetesResource> informer;

  Seen(KubernetesClient client) {
    informer =
        client
            .genericKubernetesResources(Analyses.API, Analyses.KIND)
            .inAnyNamespace()
            .runnableInformer(0)
            .addEventHandler(this)
            // A new CRD is not served at once.
            .exceptionHandler((started, cause) -> true);
    informer.start().toCompletableFuture().join();
  }

  /** The last that was seen of each object that is there, by {@code <namespace>/<name>}. */
  Map<String, Sight> last() {
    Map<String, Sight> last = new ConcurrentHashMap<>();
    sights.forEach((name, all) -> last.put(name, last(all)));
    return last;
  }

  private static Sight last(List<Sight> all) {
    synchronized (all) {
      return all.get(all.size() - 1);
    }
  }

  /** All that was seen of an object, the first first; changes of nothing that is kept left out. */
  List<Sight> of(String object) {
    List<Sight> all = sights.getOrDefault(object, List.of());
    synchronized (all) {
      return List.copyOf(all);
    }
  }

  /** When the first change came after a time, epoch milliseconds. */
  OptionalLong firstAfter(long time) {
    return sights.keySet().stream()
        .flatMap(object -> of(object).stream())
        .mapToLong(Sight::at)
        .filter(at -> at > time)
        .min();
  }

  /** How many have come to an end. */
  long ended() {
    return last().values().stream().filter(Sight::isEnd).count();
  }

  /** How many are in a phase. */
  long in(String phase) {
    return last().values().stream().filter(sight -> sight.phase().equals(phase)).count();
  }

  /** How many there are. */
  int count() {
    return sights.size();
  }

  @Override
  public void onAdd(GenericKubernetesResource object) {
    Sight sight = sight(object);
    List<Sight> all = sights.computeIfAbsent(name(object), name -> new ArrayList<>());
    synchronized (all) {
      if (all.isEmpty() || sight.tellsMoreThan(all.get(all.size() - 1))) {
        all.add(sight);
      }
    }
  }

  @Override
  public void onUpdate(GenericKubernetesResource before, GenericKubernetesResource object) {
    onAdd(object);
  }

  @Override
  public void onDelete(GenericKubernetesResource object, boolean unknownState) {
    sights.remove(name(object));
  }

  private static String name(GenericKubernetesResource object) {
    return object.getMetadata().getNamespace() + "/" + object.getMetadata().getName();
  }

  private static Sight sight(GenericKubernetesResource object) {
    String phase = object.get("status", "phase");
    Integer percent = object.get("status", "progress", "percent");
    return new Sight(
        System.currentTimeMillis(),
        phase == null ? "" : phase,
        object.get("status", "cluster", "id"),
        object.get("status", "cluster", "state"),
        percent == null ? -1 : percent);
  }

  @Override
  public void close() {
    informer.close();
  }
}
