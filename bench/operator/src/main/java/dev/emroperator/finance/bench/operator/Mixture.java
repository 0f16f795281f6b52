package dev.emroperator.finance.bench.operator;

import dev.emroperator.finance.bench.operator.Seen.Sight;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Objects as users have them: of ten, seven succeed, one fails because its input has no files, one
 * is deleted while it runs, and one is suspended while it runs, and resumed. Whatever has ended is
 * deleted.
 */
final class Mixture {

  private static final String SUCCEEDS = "succeeds";
  private static final String FAILS = "fails";
  private static final String LEAVES = "leaves";
  private static final String RESTS = "rests";
  private static final List<String> TEN =
      List.of(
          SUCCEEDS, FAILS, SUCCEEDS, LEAVES, SUCCEEDS, RESTS, SUCCEEDS, SUCCEEDS, SUCCEEDS,
          SUCCEEDS);

  private final Stage stage;
  private final Set<String> succeeded = new HashSet<>();
  private final Set<String> failed = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private final Set<String> suspended = new HashSet<>();
  private final Set<String> resumed = new HashSet<>();

  Mixture(Stage stage) {
    this.stage = stage;
  }

  /** Makes one, by its number from 0. */
  void create(int number) {
    String kind = TEN.get(number % TEN.size());
    String name = kind + "-" + number;
    stage
        .object(
            kind.equals(FAILS)
                ? Analyses.withoutFiles(Analyses.NAMESPACE, name, "r1")
                : Analyses.of(Analyses.NAMESPACE, name, "r1"))
        .create();
  }

  /** Does with each object what its user has in mind. */
  void turn() {
    stage.seen().last().forEach((object, sight) -> turn(object.split("/")[1], sight));
  }

  private void turn(String name, Sight sight) {
    String kind = name.split("-")[0];
    boolean runs = sight.phase().equals("Running");
    if (sight.isEnd()) {
      (sight.phase().equals("Failed") ? failed : succeeded).add(name);
      object(name).delete();
    } else if (kind.equals(LEAVES) && runs && left.add(name)) {
      object(name).delete();
    } else if (kind.equals(RESTS) && runs && suspended.add(name)) {
      suspend(name, true);
    } else if (sight.phase().equals("Suspended") && resumed.add(name)) {
      suspend(name, false);
    }
  }

  private Resource<GenericKubernetesResource> object(String name) {
    return stage.objects().inNamespace(Analyses.NAMESPACE).withName(name);
  }

  private void suspend(String name, boolean suspend) {
    object(name)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            "{\"spec\": {\"suspend\": %s}}".formatted(suspend));
  }

  /** What became of them; that each kind was there is part of the measurement. */
  List<Row> rows() {
    return List.of(
        Row.atLeast(1, "objects that succeeded", succeeded.size(), ""),
        Row.atLeast(1, "that succeeded after a rest", count(succeeded, resumed::contains), ""),
        Row.atLeast(1, "that failed", failed.size(), ""),
        Row.exactly(0, "that failed, and should not", count(failed, n -> !n.startsWith(FAILS)), ""),
        Row.atLeast(1, "that were deleted while they ran", left.size(), ""));
  }

  private static long count(Set<String> names, Predicate<String> which) {
    return names.stream().filter(which).count();
  }
}
