package dev.emroperator.finance.operator.reconciler.steps;

import java.util.UUID;

/**
 * Who asks for clusters.
 *
 * @param installation the operator among its neighbours in the account; survives restarts
 * @param process this run of the program, so that after a restart nobody sends a request twice
 */
public record Claimant(String installation, String process) {

  /** This process. */
  public static Claimant of(String installation) {
    return new Claimant(installation, UUID.randomUUID().toString());
  }
}
