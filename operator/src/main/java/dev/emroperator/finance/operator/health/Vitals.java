package dev.emroperator.finance.operator.health;

import java.time.Duration;
import java.util.Optional;

/**
 * What shows whether this process can still work. AWS plays no part in it: a restart would not heal
 * AWS.
 *
 * @param started the informers were started
 * @param ending the program is about to end
 * @param informersRun whether every informer still runs
 * @param informersSynced whether every informer has seen all objects
 * @param longestBusy how long the longest reconciliation has been running, if one runs
 * @param sinceLastFinished since the last reconciliation finished, or since the start
 * @param lease nothing when there is no election
 */
public record Vitals(
    boolean started,
    boolean ending,
    boolean informersRun,
    boolean informersSynced,
    Optional<Duration> longestBusy,
    Duration sinceLastFinished,
    Optional<Lease> lease) {

  /** No reconciliation that still gets on takes so long: each of its calls ends within 90 s. */
  private static final Duration STUCK = Duration.ofMinutes(15);

  private static final int SEVERAL_LEASES = 4;

  /**
   * The election as this process sees it.
   *
   * @param lasts how long a lease is good without renewal
   * @param sinceTried since it last tried to read the lease
   * @param sinceAnswered since the API server last told about the lease
   * @param sinceHeld since any process was last seen to hold the lease
   */
  public record Lease(
      Duration lasts, Duration sinceTried, Duration sinceAnswered, Duration sinceHeld) {

    private Optional<String> trouble() {
      Duration several = lasts.multipliedBy(SEVERAL_LEASES);
      if (sinceTried.compareTo(several) > 0) {
        return Optional.of("the election stands still since " + sinceTried.toSeconds() + " s");
      }
      boolean answers = sinceAnswered.compareTo(lasts) < 0;
      return answers && sinceHeld.compareTo(several) > 0
          ? Optional.of("nobody leads since " + sinceHeld.toSeconds() + " s, nor can this process")
          : Optional.empty();
    }
  }

  /** Why a restart is needed; empty while the process can work. */
  public Optional<String> trouble() {
    if (!started) {
      return Optional.empty();
    }
    if (!informersRun) {
      return Optional.of("an informer has stopped, so changes of objects are not seen");
    }
    boolean stuck =
        longestBusy.filter(busy -> busy.compareTo(STUCK) > 0).isPresent()
            && sinceLastFinished.compareTo(STUCK) > 0;
    return stuck
        ? Optional.of("no reconciliation finished for " + sinceLastFinished.toMinutes() + " min")
        : lease.flatMap(Lease::trouble);
  }

  /** Why it is not ready; empty when it leads or could lead at once. */
  public Optional<String> notReady() {
    if (ending) {
      return Optional.of("ending");
    }
    return started && informersSynced
        ? Optional.empty()
        : Optional.of("the informers have not seen all objects yet");
  }
}
