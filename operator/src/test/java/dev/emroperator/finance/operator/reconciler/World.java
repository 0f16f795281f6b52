package dev.emroperator.finance.operator.reconciler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Services;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.FakeEmr;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.steps.Claim;
import dev.emroperator.finance.operator.reconciler.steps.ClaimAgain;
import dev.emroperator.finance.operator.reconciler.steps.Claimant;
import dev.emroperator.finance.operator.reconciler.steps.Collect;
import dev.emroperator.finance.operator.reconciler.steps.CurrentPointer;
import dev.emroperator.finance.operator.reconciler.steps.Launch;
import dev.emroperator.finance.operator.reconciler.steps.Observe;
import dev.emroperator.finance.operator.reconciler.steps.Plans;
import dev.emroperator.finance.operator.reconciler.steps.Retire;
import dev.emroperator.finance.operator.reconciler.steps.RunRecords;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import dev.emroperator.finance.operator.reconciler.steps.Validate;
import dev.emroperator.finance.operator.s3.MemoryStore;
import dev.emroperator.finance.operator.status.Transitions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;

/** All steps over an EMR, an S3 and a clock in memory; status is kept in the object. */
public final class World {

  private static final String CSV = "Ticker,Date,Open,High,Low,Close,Volume\n";

  public final ManualClock clock = new ManualClock();
  public final FakeEmr emr = new FakeEmr(clock);
  public final MemoryStore store = new MemoryStore();
  public final FinancialAnalysis object = Samples.object();

  private final OperatorConfig config = Samples.config();
  private final Transitions transitions = new Transitions(clock);
  private final ObjectMapper json = JsonMapper.builder().build();
  private final Accounts accounts =
      new Accounts(
          config,
          region ->
              new Services(
                  emr, new ClusterSweep(emr, config.timing().sweepInterval(), 0.4, clock), store));

  private Way way = process("process-1");

  public World() {
    store.put("s3://market-data/us/daily/2010.csv", CSV);
  }

  /** The steps of another run of the program: it remembers nothing. */
  private Way process(String name) {
    Claimant claimant = new Claimant(config.installation(), name);
    JobJar job = new JobJar(new byte[] {1, 2, 3});
    Plans plans = new Plans(config.installation(), json);
    RunRecords records = new RunRecords(json);
    return new Way(
        new Validate(accounts, transitions),
        new Claim(accounts, job, claimant, transitions, clock, plans),
        new Launch(accounts, job, claimant, config.timing(), transitions, clock),
        new Observe(accounts, records, config.timing(), transitions, clock),
        new Collect(
            accounts, records, new CurrentPointer(json), config.timing(), transitions, clock),
        new Retire(accounts, config.timing(), transitions, clock),
        new ClaimAgain(accounts, claimant, transitions, clock, plans));
  }

  public void restart() {
    way = process("process-2");
  }

  public Way way() {
    return way;
  }

  public Deletion deletion() {
    return new TerminateOnDelete(live -> object, accounts, config.timing(), clock);
  }

  public FinancialAnalysisStatus status() {
    return object.statusOrEmpty();
  }

  /** Takes the step and writes what follows. */
  public Decision take(Step step) {
    Decision decision = step.take(object);
    if (decision.transition() != null) {
      object.setStatus(decision.transition().apply(object));
    }
    return decision;
  }

  public void claim() {
    take(way.validate());
    take(way.claim());
  }

  /** Claims, launches and lets the cluster run; returns its id. */
  public String running() {
    claim();
    take(way.launch());
    String id = status().cluster().id();
    emr.cluster(id, "RUNNING", null, "Running step");
    emr.step(id, "RUNNING");
    pass(Duration.ofSeconds(10));
    return id;
  }

  public void pass(Duration time) {
    clock.pass(time);
  }

  public void progress(ProgressRecord record) {
    write(Run.home(object) + "_progress.json", record);
  }

  public void manifest(String analysis, long rows) {
    write(
        Run.result(object, analysis) + "_manifest.json",
        new Manifest(
            1,
            status().runId(),
            attempt(),
            analysis,
            rows,
            100,
            List.of(new Manifest.File("part-0.parquet", 100)),
            List.of()));
  }

  public void error(String analysis, String kind, String message) {
    write(
        Run.result(object, analysis) + "_error.json",
        new ErrorReport(1, status().runId(), attempt(), analysis, kind, message));
  }

  public String attempt() {
    return "0f6d2a6e-" + status().attempt().number();
  }

  private void write(String uri, Object value) {
    try {
      store.objects.put(uri, json.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
