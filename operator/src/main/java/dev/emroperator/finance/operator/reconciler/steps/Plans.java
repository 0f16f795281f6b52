package dev.emroperator.finance.operator.reconciler.steps;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.config.Accounts.Account;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.s3.ObjectStore.Versioned;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.io.IOException;
import java.util.Optional;

/** The plan of each attempt, kept where only the operator writes. */
public record Plans(String installation, ObjectMapper json) {

  S3Uri location(FinancialAnalysis object, Account account, int attempt) {
    return Run.planLocation(installation, account.environment(), object, attempt);
  }

  void write(Plan plan, FinancialAnalysis object, Account account, int attempt) {
    try {
      account.store().write(location(object, account, attempt), json.writeValueAsBytes(plan));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Nothing when it is gone or can't be read any more. */
  Optional<Plan> read(FinancialAnalysis object, Account account, int attempt) {
    Optional<Versioned> found = account.store().read(location(object, account, attempt));
    try {
      return found.isEmpty()
          ? Optional.empty()
          : Optional.of(json.readValue(found.get().content(), Plan.class));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
