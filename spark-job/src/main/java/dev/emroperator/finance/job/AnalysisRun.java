package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.StepState;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Quality.Rule;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Manifest.Source;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.input.InputReader;
import dev.emroperator.finance.job.kind.Kinds;
import dev.emroperator.finance.job.kind.QualityAnalysis;
import dev.emroperator.finance.job.kind.Series;
import dev.emroperator.finance.job.output.ResultWriter;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.output.WrittenBars;
import dev.emroperator.finance.job.progress.Progress;
import dev.emroperator.finance.job.progress.Work;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.ShutdownHookManager;
import org.apache.spark.sql.SparkSession;

/** Runs the analyses of a plan one after the other; one that fails stops only those made of it. */
public final class AnalysisRun {

  /** {@link Kinds#make}. */
  interface Maker {
    Series make(AnalysisKind kind, Series source, Map<String, Series> with);
  }

  private final Plan plan;
  private final RunFiles files;
  private final Progress progress;
  private final Maker maker;
  private final PlainWay plainWay;
  private final InputReader inputs;
  private final ResultWriter results;
  private final WrittenBars written;
  private final Chain chain;
  private final Map<String, Boolean> there = new HashMap<>();
  private final Map<String, Series> done = new HashMap<>();
  private final Map<String, Series> held = new HashMap<>();
  private final Map<String, List<Source>> told = new HashMap<>();
  private final Set<String> failed = new HashSet<>();

  public AnalysisRun(SparkSession spark, Plan plan, RunFiles files, Progress progress) {
    this(spark, plan, files, progress, Kinds::make);
  }

  AnalysisRun(SparkSession spark, Plan plan, RunFiles files, Progress progress, Maker maker) {
    this.plan = plan;
    this.files = files;
    this.progress = progress;
    this.maker = maker;
    this.plainWay = new PlainWay(spark);
    this.inputs = new InputReader(spark, plan);
    this.results = new ResultWriter(spark, plan, files, inputs::refuseChanged);
    this.written = new WrittenBars(spark, plan);
    this.chain = new Chain(plan.analyses(), this::isThere, this::isReadBack);
  }

  /** Runs all, until the process is told to end; returns a line for each that has no result. */
  public List<String> run() {
    List<String> lines = new ArrayList<>();
    List<Analysis> ahead = plan.analyses();
    for (; !ahead.isEmpty(); ahead = ahead.subList(1, ahead.size())) {
      letGo(ahead);
      Analysis analysis = ahead.get(0);
      Optional<String> lost = Chain.sources(analysis).filter(failed::contains).findFirst();
      if (lost.isPresent() && !hasResult(analysis.name())) {
        lines.add(skip(analysis, lost.get()));
        continue;
      }
      progress.begin(analysis.name());
      try {
        if (lost.isPresent() && !isReadBack(analysis)) {
          // Its result stays what it is, but nothing can be made of its rows.
          failed.add(analysis.name());
        } else {
          runOnAnySpark(analysis);
        }
        progress.end(analysis.name(), StepState.SUCCEEDED);
      } catch (Throwable e) {
        if (e instanceof VirtualMachineError broken && !(e instanceof StackOverflowError)) {
          // Nothing can be relied on after it, as when the memory is full.
          throw broken;
        }
        if (ShutdownHookManager.get().isShutdownInProgress()) {
          // Spark has stopped beneath it: no fault of this analysis, and none of the later ones.
          lines.add("told to end while analysis " + analysis.name() + " ran");
          return lines;
        }
        JobFailure failure = Failures.explain(e);
        lines.add("Analysis " + analysis.name() + " failed: " + failure.getMessage());
        if (e != failure) {
          e.printStackTrace();
        }
        failed.add(analysis.name());
        files.writeError(plan, analysis.name(), failure);
        progress.end(analysis.name(), StepState.FAILED);
      }
    }
    letGo(ahead);
    return lines;
  }

  /** Frees the memory of what those ahead are not made of. */
  private void letGo(List<Analysis> ahead) {
    Set<String> needed = Chain.sources(ahead);
    Set<String> over = new HashSet<>(held.keySet());
    over.removeAll(needed);
    over.forEach(name -> held.remove(name).letGo());
  }

  /** Whether it is known to be there; where the store does not answer, it is not. */
  private boolean hasResult(String analysis) {
    try {
      return isThere(analysis);
    } catch (UncheckedIOException e) {
      return false;
    }
  }

  private boolean isThere(String analysis) {
    return there.computeIfAbsent(analysis, results::isThere);
  }

  private void runOnAnySpark(Analysis analysis) {
    try {
      run(analysis);
    } catch (Throwable e) {
      if (!plainWay.isTakenFor(analysis.name(), e)) {
        throw e;
      }
      progress.begin(analysis.name());
      makeAgainBefore(analysis);
      run(analysis);
    }
    there.put(analysis.name(), true);
  }

  /** Rows that are not written yet would still be made in the way that fails. */
  private void makeAgainBefore(Analysis analysis) {
    held.values().forEach(Series::letGo);
    held.clear();
    done.clear();
    told.clear();
    for (Analysis earlier : plan.analyses().subList(0, plan.analyses().indexOf(analysis))) {
      if (!failed.contains(earlier.name())) {
        run(earlier);
      }
    }
  }

  private void run(Analysis analysis) {
    boolean isThere = isThere(analysis.name());
    boolean feedsOthers = chain.feedsOthers(analysis.name());
    if (isThere && !feedsOthers) {
      return;
    }
    if (isThere && isReadBack(analysis)) {
      readBack(analysis);
      return;
    }
    AnalysisKind kind = analysis.kind();
    Set<String> values = available(analysis.of());
    values.removeAll(AnalysisKind.KEYS);
    Set<String> columns = new LinkedHashSet<>(kind.reads(values));
    columns.addAll(kind.keys(available(analysis.of())));
    Set<Rule> rules = kind instanceof Quality quality ? Set.copyOf(quality.rules()) : Set.of();
    Set<Source> inputsRead = new LinkedHashSet<>();
    Map<String, Series> with = new HashMap<>();
    for (String other : kind.with()) {
      with.put(other, source(other, kind.reads(other, available(other)), Set.of(), inputsRead));
    }
    Map<String, Set<String>> asked = new HashMap<>();
    asked.put(analysis.of(), columns);
    kind.with().forEach(other -> asked.putIfAbsent(other, kind.reads(other, available(other))));
    progress.reads(
        asked.entrySet().stream()
            .filter(source -> !done.containsKey(source.getKey()))
            .map(source -> inputs.work(input(source.getKey()), source.getValue()))
            .reduce(Work.NONE, Work::plus));
    Series source = source(analysis.of(), columns, rules, inputsRead);
    with.putIfAbsent(analysis.of(), source);
    told.put(analysis.name(), List.copyOf(inputsRead));
    Series made = maker.make(kind, source, with);
    held.put(analysis.name(), made);
    if (feedsOthers || kind instanceof Quality) {
      made = made.kept();
      held.put(analysis.name(), made);
    }
    Series series = kind instanceof Quality ? QualityAnalysis.good(made) : made;
    done.put(analysis.name(), series);
    if (isThere) {
      return;
    }
    if (kind instanceof Quality quality) {
      Series bad = QualityAnalysis.bad(made);
      results.write(analysis.name(), series, bad, quality, told.get(analysis.name()));
    } else {
      results.write(analysis.name(), series, told.get(analysis.name()));
    }
  }

  private boolean isReadBack(Analysis analysis) {
    return analysis.kind() instanceof Bars && written.areWhole();
  }

  private void readBack(Analysis analysis) {
    Path folder = new Path(plan.results().get(analysis.name()));
    Manifest manifest = files.readManifest(folder).orElseThrow();
    Series series =
        written
            .read(folder, manifest, (Bars) analysis.kind(), chain.zone(analysis, plan.inputs()))
            .kept();
    held.put(analysis.name(), series);
    done.put(analysis.name(), series);
    told.put(analysis.name(), manifest.inputs());
  }

  private Set<String> available(String source) {
    Series earlier = done.get(source);
    Set<String> columns =
        new LinkedHashSet<>(
            earlier == null
                ? inputs.columns(input(source))
                : Arrays.asList(earlier.rows().columns()));
    columns.remove("date");
    return columns;
  }

  private Series source(String name, Set<String> columns, Set<Rule> rules, Set<Source> inputsRead) {
    Series earlier = done.get(name);
    if (earlier != null) {
      inputsRead.addAll(told.get(name));
      return earlier;
    }
    inputsRead.add(inputs.told(input(name), columns));
    return inputs.read(input(name), columns, rules);
  }

  private FrozenInput input(String name) {
    return plan.inputs().stream()
        .filter(frozen -> frozen.input().name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new JobFailure(Reason.JOB_ERROR, "'" + name + "' is neither input nor analysis"));
  }

  private String skip(Analysis analysis, String lost) {
    failed.add(analysis.name());
    JobFailure failure =
        new JobFailure(Reason.UPSTREAM_FAILED, "'" + lost + "', which it is made of, failed");
    files.writeError(plan, analysis.name(), failure);
    progress.end(analysis.name(), StepState.SKIPPED);
    return "Analysis " + analysis.name() + " was skipped: " + failure.getMessage();
  }
}
