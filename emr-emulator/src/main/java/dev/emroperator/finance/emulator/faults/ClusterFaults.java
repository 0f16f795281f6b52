package dev.emroperator.finance.emulator.faults;

import dev.emroperator.finance.emulator.model.Account;
import dev.emroperator.finance.emulator.model.Cluster;
import dev.emroperator.finance.emulator.model.Ending;
import dev.emroperator.finance.emulator.model.Fleet;
import java.time.Duration;

/** What befalls the cluster that RunJobFlow has just made. Called under the account's monitor. */
final class ClusterFaults {

  private final Account account;

  ClusterFaults(Account account) {
    this.account = account;
  }

  void befall(Fault fault, Cluster cluster) {
    Duration time = Duration.ofMillis(fault.millis());
    switch (fault.effect()) {
      case END_CLUSTER -> endHere(cluster, time, Ending.failure(fault.code(), fault.message()));
      case NO_CAPACITY -> endHere(cluster, time, Endings.noCapacity(cluster));
      case FLEET_TIMEOUT -> endHere(cluster, time, Endings.FLEET_TIMEOUT);
      case VALIDATION_FAILURE -> endHere(cluster, time, Endings.instanceTypeNotSupported(cluster));
      case BOOTSTRAP_FAILURE ->
          cluster
              .fate()
              .when(
                  "BOOTSTRAPPING", () -> endHere(cluster, time, Endings.bootstrapFailed(cluster)));
      case STUCK_STARTING -> cluster.fate().stickWhereItIs();
      case STEP_HANG -> cluster.fate().hangSteps();
      case SPOT_RECLAIM ->
          afterTimeInRunning(
              cluster, time, () -> reclaim(cluster, Duration.ofMillis(fault.replacedAfter())));
      case MASTER_LOSS ->
          afterTimeInRunning(cluster, time, () -> account.terminate(cluster, Endings.MASTER_LOST));
      case SLOW_TERMINATION -> cluster.fate().terminateWithin(time);
      default -> throw new IllegalArgumentException(fault.effect() + " befalls no cluster");
    }
  }

  /** It gets no further than it is, and ends after a time. */
  private void endHere(Cluster cluster, Duration time, Ending ending) {
    cluster.fate().stickWhereItIs();
    account.later(time, () -> account.terminate(cluster, ending));
  }

  private void afterTimeInRunning(Cluster cluster, Duration time, Runnable happens) {
    cluster.fate().when("RUNNING", () -> account.later(time, happens));
  }

  private void reclaim(Cluster cluster, Duration replacedAfter) {
    if (cluster.isLeaving()) {
      return;
    }
    for (Fleet fleet : cluster.fleets()) {
      if (fleet.type().equals("TASK") && fleet.reclaimSpot(account.now())) {
        account.later(replacedAfter, () -> fleet.refillSpot(account.now()));
      }
    }
  }
}
