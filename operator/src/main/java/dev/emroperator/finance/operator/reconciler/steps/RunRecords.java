package dev.emroperator.finance.operator.reconciler.steps;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.plan.AttemptName;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.s3.ObjectStore;
import dev.emroperator.finance.operator.s3.S3Uri;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the job has written about the current attempt; a record of another run or attempt is
 * ignored.
 */
public record RunRecords(ObjectMapper json) {

  private static final Logger LOG = LoggerFactory.getLogger(RunRecords.class);

  /** No run takes longer; times far beyond what calendars know can't be reckoned with. */
  private static final Duration HORIZON = Duration.ofDays(1000);

  Optional<ProgressRecord> progress(FinancialAnalysis object, ObjectStore store) {
    return read(store, Run.home(object).resolve(Plan.PROGRESS), ProgressRecord.class)
        .filter(r -> isOf(object, r.runId(), r.attempt()))
        .filter(RunRecords::isWhole);
  }

  /** Whoever may write the output may write this, so nothing in it is taken on trust. */
  private static boolean isWhole(ProgressRecord record) {
    if (record.at() == null || record.steps() == null) {
      return false;
    }
    try {
      Instant horizon = Instant.parse(record.at()).plus(HORIZON);
      return (record.eta() == null || Instant.parse(record.eta()).isBefore(horizon))
          && record.steps().stream()
              .allMatch(s -> s != null && s.name() != null && s.state() != null);
    } catch (DateTimeException e) {
      return false;
    }
  }

  /**
   * The manifest in a folder of results, when it speaks of this run and this analysis, and of the
   * attempt whose folder it is, which may be an earlier one or another object's.
   */
  Optional<Manifest> manifest(S3Uri folder, String runId, String analysis, ObjectStore store) {
    return read(store, folder.resolve(Plan.MANIFEST), Manifest.class)
        .filter(r -> runId.equals(r.runId()))
        .filter(r -> r.attempt() != null && folder.key().endsWith("/" + r.attempt() + "/"))
        .filter(r -> analysis.equals(r.analysis()))
        .filter(r -> r.files() != null);
  }

  Optional<ErrorReport> error(FinancialAnalysis object, String analysis, ObjectStore store) {
    return error(object, Run.result(object, analysis), store);
  }

  /** Why the run as a whole could not begin or go on. */
  Optional<ErrorReport> error(FinancialAnalysis object, ObjectStore store) {
    return error(object, Run.home(object), store);
  }

  private Optional<ErrorReport> error(FinancialAnalysis object, S3Uri folder, ObjectStore store) {
    return read(store, folder.resolve(Plan.ERROR), ErrorReport.class)
        .filter(r -> isOf(object, r.runId(), r.attempt()))
        .filter(r -> r.kind() != null && r.message() != null);
  }

  private static boolean isOf(FinancialAnalysis object, String runId, String attempt) {
    int number = object.getStatus().attempt().number();
    return object.getStatus().runId().equals(runId)
        && AttemptName.suffix(object, number).equals(attempt);
  }

  private <T> Optional<T> read(ObjectStore store, S3Uri location, Class<T> type) {
    ObjectReader reader = json.readerFor(type);
    return store
        .read(location)
        .flatMap(
            found -> {
              try {
                return Optional.of(reader.<T>readValue(found.content()));
              } catch (IOException e) {
                LOG.warn("{} is not readable: {}", location, e.getMessage());
                return Optional.empty();
              }
            });
  }
}
