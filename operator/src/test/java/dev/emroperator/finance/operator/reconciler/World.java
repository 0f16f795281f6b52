package dev.emroperator.finance.operator.reconciler;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.emroperator.finance.api.FinancialAnalysisStatus;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.operator.FinancialAnalysis;
import dev.emroperator.finance.operator.ManualClock;
import dev.emroperator.finance.operator.Request;
import dev.emroperator.finance.operator.Samples;
import dev.emroperator.finance.operator.config.Accounts;
import dev.emroperator.finance.operator.config.Accounts.Services;
import dev.emroperator.finance.operator.config.OperatorConfig;
import dev.emroperator.finance.operator.emr.ClusterSweep;
import dev.emroperator.finance.operator.emr.FakeEmr;
import dev.emroperator.finance.operator.plan.JobJar;
import dev.emroperator.finance.operator.plan.Run;
import dev.emroperator.finance.operator.reconciler.steps.Claimant;
import dev.emroperator.finance.operator.reconciler.steps.LastRequests;
import dev.emroperator.finance.operator.reconciler.steps.TerminateOnDelete;
import dev.emroperator.finance.operator.s3.MemoryStore;
import dev.emroperator.finance.operator.status.Transition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** All steps over an EMR, an S3 and a clock in memory; status is kept in the object. */
public final class World {

  private static final int MOST_ROUNDS = 20;
  private static final String CSV = "Ticker,Date,Open,High,Low,Close,Volume\n";

  public final ManualClock clock = new ManualClock();
  public final FakeEmr emr = new FakeEmr(clock);
  public final MemoryStore store = new MemoryStore();
  public final FinancialAnalysis object = Samples.object();

  public final OperatorConfig config = Samples.config();
  private final ObjectMapper json = JsonMapper.builder().build();
  private final Accounts accounts =
      new Accounts(
          config,
          region ->
              new Services(
                  emr, new ClusterSweep(emr, config.timing().sweepInterval(), 0.4, clock), store));

  /** Other objects of the namespace, and this one. */
  public final List<FinancialAnalysis> neighbours = new ArrayList<>(List.of(object));

  /** What the steps have deleted. */
  public final List<FinancialAnalysis> deleted = new ArrayList<>();

  /** Is told of each change of status. */
  public BiConsumer<FinancialAnalysisStatus, FinancialAnalysis> watcher = (before, after) -> {};

  /** What the process that lives now has sent. */
  private LastRequests requests;

  private Way way = process("process-1");

  public World() {
    store.put("s3://market-data/us/daily/2010.csv", CSV);
  }

  /** The steps of another run of the program: it remembers nothing. */
  private Way process(String name) {
    requests = new LastRequests();
    return Ways.of(
        config,
        accounts,
        new Claimant(config.installation(), name),
        requests,
        new JobJar(new byte[] {1, 2, 3}),
        json,
        namespace -> neighbours.stream(),
        deleted::add,
        clock);
  }

  public void restart() {
    way = process("process-2");
  }

  public Way way() {
    return way;
  }

  public Deletion deletion() {
    return new TerminateOnDelete(
        live -> object,
        accounts,
        new Claimant(config.installation(), "process"),
        requests,
        config.timing(),
        clock);
  }

  /**
   * Reconciles as the operator does, and at once again for as long as it wants to.
   *
   * @return when it wants to look again; null for when the object changes
   */
  public Duration reconcile() {
    var reconciler =
        new FinancialAnalysisReconciler(
            way,
            deletion(),
            (before, transition, context) -> write(transition),
            new Neighbours(),
            config.timing().sweepInterval(),
            clock);
    for (int rounds = 0; rounds < MOST_ROUNDS; rounds++) {
      Duration again =
          reconciler
              .reconcile(object, null)
              .getScheduleDelay()
              .map(Duration::ofMillis)
              .orElse(null);
      if (again == null || again.toMillis() > 1) {
        return again;
      }
    }
    throw new AssertionError("it never comes to rest: " + status());
  }

  public void annotate(Request request, String value) {
    object.getMetadata().setAnnotations(Map.of(request.annotation(), value));
  }

  public void edit(String specYaml) {
    object.setSpec(Samples.spec(specYaml));
    object.getMetadata().setGeneration(object.getMetadata().getGeneration() + 1);
  }

  /** Deletes the object and applies another one of the same name. */
  public void recreate(String uid, String specYaml) {
    object.setStatus(null);
    object.getMetadata().setUid(uid);
    object.getMetadata().setGeneration(1L);
    object.getMetadata().setCreationTimestamp(clock.instant().toString());
    object.getMetadata().setAnnotations(null);
    object.setSpec(Samples.spec(specYaml));
  }

  /** Ends a cluster and its step as EMR does. */
  public void end(String id, String stepState, String clusterState, String code, String reason) {
    emr.step(id, stepState);
    emr.cluster(id, clusterState, code, reason);
    pass(Duration.ofSeconds(10));
  }

  /** The current cluster does all that is left to do, and ends. */
  public void succeed() {
    status().steps().stream()
        .filter(step -> step.output() == null)
        .forEach(step -> manifest(step.name(), 10));
    String id = status().cluster().id();
    end(id, "COMPLETED", "TERMINATED", "ALL_STEPS_COMPLETED", "Steps completed");
    reconcile();
  }

  public FinancialAnalysisStatus status() {
    return object.statusOrEmpty();
  }

  /** Takes the step and writes what follows. */
  public Decision take(Step step) {
    Decision decision = step.take(object);
    if (decision.transition() != null) {
      write(decision.transition());
    }
    return decision;
  }

  private FinancialAnalysis write(Transition transition) {
    FinancialAnalysisStatus before = status();
    object.setStatus(transition.apply(object));
    watcher.accept(before, object);
    return object;
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
    manifest(analysis, rows, List.of(), null);
  }

  /** A result that files and rows were left out of. */
  public void manifest(
      String analysis, long rows, List<Manifest.Source> inputs, Manifest.BadRows badRows) {
    store.objects.put(Run.result(object, analysis) + "part-0.parquet", new byte[100]);
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
            List.of(),
            inputs,
            badRows));
  }

  public void error(String analysis, String kind, String message) {
    write(
        Run.result(object, analysis) + "_error.json",
        new ErrorReport(1, status().runId(), attempt(), analysis, kind, message));
  }

  public String attempt() {
    return object.getMetadata().getUid().substring(0, 8) + "-" + status().attempt().number();
  }

  private void write(String uri, Object value) {
    try {
      store.objects.put(uri, json.writeValueAsBytes(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
