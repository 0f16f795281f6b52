package dev.emroperator.finance.operator.reconciler.steps;

import dev.emroperator.finance.api.FinancialAnalysisStatus.Attempt;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.plan.AttemptName;
import dev.emroperator.finance.operator.plan.Run;
import java.time.Instant;
import java.util.UUID;

/**
 * Who asks for clusters.
 *
 * @param installation the operator among its neighbours in the account; survives restarts
 * @param process this run of the program, so that after a restart nobody sends a request twice
 */
public record Claimant(String installation, String process) {

  /**
   * The intent of this process to ask for a cluster, now.
   *
   * @param retries failed attempts before it that count against the limit
   */
  Attempt attempt(FinancialAnalysis object, int number, int retries, Instant now) {
    return new Attempt(
        number,
        AttemptName.cluster(installation, object, number),
        now,
        process,
        retries,
        Run.deadline(object.getSpec(), now));
  }

  /** This process. */
  public static Claimant of(String installation) {
    return new Claimant(installation, UUID.randomUUID().toString());
  }
}
