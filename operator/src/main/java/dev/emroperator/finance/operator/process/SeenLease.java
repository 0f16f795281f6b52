package dev.emroperator.finance.operator.process;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaderElectionRecord;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.Lock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The leader's lease, which remembers when it was looked at, so that health can tell an election
 * that has stopped from one whose API server does not answer.
 */
final class SeenLease implements Lock {

  private final Lock lease;
  private final Clock clock;
  private volatile Instant tried;
  private volatile Instant answered;
  private volatile Instant held;

  SeenLease(Lock lease, Clock clock) {
    this.lease = lease;
    this.clock = clock;
    Instant now = clock.instant();
    tried = now;
    answered = now;
    held = now;
  }

  @Override
  public LeaderElectionRecord get(KubernetesClient client) {
    tried = clock.instant();
    LeaderElectionRecord seen = lease.get(client);
    answered = clock.instant();
    if (seen != null && isHeld(seen)) {
      held = answered;
    }
    return seen;
  }

  @Override
  public void create(KubernetesClient client, LeaderElectionRecord next) {
    lease.create(client, next);
    held = clock.instant();
  }

  @Override
  public void update(KubernetesClient client, LeaderElectionRecord next) {
    lease.update(client, next);
    held = clock.instant();
  }

  @Override
  public String identity() {
    return lease.identity();
  }

  @Override
  public String describe() {
    return lease.describe();
  }

  /** Since the last look, whatever came of it. */
  Duration sinceTried() {
    return since(tried);
  }

  /** Since the API server last told about the lease. */
  Duration sinceAnswered() {
    return since(answered);
  }

  /** Since a process, this or another, was last seen to hold the lease. */
  Duration sinceHeld() {
    return since(held);
  }

  private Duration since(Instant moment) {
    return Duration.between(moment, clock.instant());
  }

  private boolean isHeld(LeaderElectionRecord seen) {
    String holder = seen.getHolderIdentity();
    return holder != null
        && !holder.isEmpty()
        && clock.instant().isBefore(seen.getRenewTime().toInstant().plus(seen.getLeaseDuration()));
  }
}
