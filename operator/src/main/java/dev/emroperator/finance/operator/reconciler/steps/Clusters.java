package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.api.FinancialAnalysisStatus.EmrCluster;
import dev.emroperator.finance.operator.config.Environment;
import dev.emroperator.finance.operator.emr.EmrService.ClusterSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A cluster as status shows it. */
final class Clusters {

  /** A new cluster may be unknown to EMR's own describe call for a while. */
  private static final Duration VISIBLE_WITHIN = Duration.ofMinutes(5);

  private Clusters() {}

  /** True while "no such cluster" may only mean that EMR does not show it yet. */
  static boolean mayStillAppear(Attempt attempt, Instant now) {
    return now.isBefore(attempt.intendedAt().plus(VISIBLE_WITHIN));
  }

  static EmrCluster described(
      String name, Environment environment, String id, String state, Instant createdAt) {
    return new EmrCluster(
        id,
        null,
        name,
        state,
        seconds(createdAt),
        null,
        null,
        console(environment, id),
        environment.logs() + id + "/");
  }

  /** Page of a cluster in the AWS console. */
  static String console(Environment environment, String id) {
    return "https://console.aws.amazon.com/emr/home?region="
        + environment.region()
        + "#/clusterDetails/"
        + id;
  }

  /** What status knew, with what EMR reports now. */
  static EmrCluster updated(EmrCluster known, ClusterSummary now) {
    return known
        .withState(now.state())
        .withStartedAt(now.createdAt() == null ? known.startedAt() : seconds(now.createdAt()))
        .withEndedAt(seconds(now.endedAt()))
        .withSubnet(now.subnet() == null ? known.subnet() : now.subnet());
  }

  private static Instant seconds(Instant time) {
    return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
  }
}
