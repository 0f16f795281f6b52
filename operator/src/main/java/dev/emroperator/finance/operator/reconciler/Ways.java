package dev.emroperator.finance.operator.reconciler;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.config.OperatorConfig.Timing;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.reconciler.steps.Admit;
import dev.emroperator.finance.operator.reconciler.steps.Claim;
import dev.emroperator.finance.operator.reconciler.steps.ClaimAgain;
import dev.emroperator.finance.operator.reconciler.steps.Claimant;
import dev.emroperator.finance.operator.reconciler.steps.Collect;
import dev.emroperator.finance.operator.reconciler.steps.CurrentPointer;
import dev.emroperator.finance.operator.reconciler.steps.Expire;
import dev.emroperator.finance.operator.reconciler.steps.Explain;
import dev.emroperator.finance.operator.reconciler.steps.Extend;
import dev.emroperator.finance.operator.reconciler.steps.FirstLooks;
import dev.emroperator.finance.operator.reconciler.steps.Heed;
import dev.emroperator.finance.operator.reconciler.steps.Hold;
import dev.emroperator.finance.operator.reconciler.steps.LastRequests;
import dev.emroperator.finance.operator.reconciler.steps.Launch;
import dev.emroperator.finance.operator.reconciler.steps.Observe;
import dev.emroperator.finance.operator.reconciler.steps.Plans;
import dev.emroperator.finance.operator.reconciler.steps.Recover;
import dev.emroperator.finance.operator.reconciler.steps.Renew;
import dev.emroperator.finance.operator.reconciler.steps.Results;
import dev.emroperator.finance.operator.reconciler.steps.Retire;
import dev.emroperator.finance.operator.reconciler.steps.RunRecords;
import dev.emroperator.finance.operator.reconciler.steps.Validate;
import dev.emroperator.finance.operator.status.RunTransitions;
import dev.emroperator.finance.operator.status.Transitions;
import java.time.Clock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/** Makes the steps, in the one place that knows what each of them needs. */
public final class Ways {

  private Ways() {}

  /**
   * All steps for one process.
   *
   * @param objectsOf all objects of a namespace, as known now
   * @param delete deletes just this version of just this object
   */
  public static Way of(
      OperatorConfig config,
      Accounts accounts,
      Claimant claimant,
      LastRequests requests,
      JobJar job,
      ObjectMapper json,
      Function<String, Stream<FinancialAnalysis>> objectsOf,
      Consumer<FinancialAnalysis> delete,
      Clock clock) {
    Timing timing = config.timing();
    Transitions transitions = new Transitions(clock);
    RunTransitions runs = new RunTransitions(clock);
    Plans plans = new Plans(claimant.installation(), json);
    RunRecords records = new RunRecords(json);
    Results results = new Results(records);
    CurrentPointer pointer = new CurrentPointer(json);
    return new Way(
        new Hold(runs),
        new Validate(accounts, runs),
        new Recover(accounts, claimant, plans, timing, runs, requests, clock),
        new Admit(accounts, objectsOf, timing, runs),
        new Claim(accounts, job, claimant, results, pointer, transitions, runs, clock, plans),
        new Launch(accounts, job, plans, claimant, timing, transitions, runs, requests, clock),
        new Heed(accounts, results, runs, clock),
        new Extend(accounts, plans, transitions),
        new Observe(accounts, records, new FirstLooks(), timing, transitions, clock),
        new Collect(accounts, records, results, pointer, timing, transitions, clock),
        new Retire(accounts, timing, transitions, clock),
        new ClaimAgain(accounts, claimant, results, pointer, transitions, clock, plans),
        new Renew(runs),
        new Explain(accounts, runs, clock),
        new Expire(delete, clock));
  }
}
