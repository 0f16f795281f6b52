package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Bars.Field;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rolling.Statistic;
import dev.emroperator.finance.api.run.ErrorReport;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.api.run.ProgressRecord;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A plan over files on disk, run in this JVM, and what came of it. */
public final class LocalRun {

  static final Columns STOCKS =
      Columns.ofBars("Date", "Ticker", "Open", "High", "Low", "Close", "Volume");
  static final String NEW_YORK = "America/New_York";

  private static SparkSession spark;

  private final Path folder;
  private final List<FrozenInput> inputs = new ArrayList<>();
  private final List<Analysis> analyses = new ArrayList<>();
  private String from;
  private String to;
  private int warmupDays;
  private Format format = Format.PARQUET;
  private PartitionBy partitionBy = PartitionBy.NONE;

  LocalRun(Path folder) {
    this.folder = folder;
  }

  /** The one session of all tests. */
  public static synchronized SparkSession spark() {
    if (spark == null) {
      System.setProperty("spark.master", "local[2]");
      System.setProperty("spark.ui.enabled", "false");
      System.setProperty("spark.driver.host", "127.0.0.1");
      System.setProperty("spark.sql.shuffle.partitions", "2");
      spark = Session.start();
    }
    return spark;
  }

  static Path stocks() {
    return Path.of("../examples/data/stocks.csv.gz").toAbsolutePath().normalize();
  }

  LocalRun input(String name, Format inputFormat, Columns columns, String zone, Path... files) {
    return input(
        new Input(name, "s3://ignored/", inputFormat, columns, null, zone, null, null), files);
  }

  /** Files of an input; its path counts for nothing. */
  LocalRun input(Input input, Path... files) {
    List<Plan.File> frozen = new ArrayList<>();
    for (Path file : files) {
      frozen.add(new Plan.File("file:" + file, size(file), "etag"));
    }
    return input(new FrozenInput(input, frozen));
  }

  LocalRun input(FrozenInput frozen) {
    inputs.add(frozen);
    return this;
  }

  LocalRun prices() {
    return input("prices", Format.CSV, STOCKS, NEW_YORK, stocks());
  }

  LocalRun bars(String name, String of, String every, Field... fields) {
    return analysis(name, of, new Bars(every, List.of(fields)));
  }

  LocalRun analysis(String name, String of, AnalysisKind kind) {
    analyses.add(Analysis.of(name, of, kind));
    return this;
  }

  LocalRun rolling(
      String name, String of, String column, List<Integer> windows, Statistic... stats) {
    return analysis(name, of, new Rolling(column, windows, List.of(stats), null));
  }

  LocalRun range(String first, String last, int warmup) {
    from = first;
    to = last;
    warmupDays = warmup;
    return this;
  }

  LocalRun as(Format outputFormat, PartitionBy by) {
    format = outputFormat;
    partitionBy = by;
    return this;
  }

  /** Runs it; the lines that tell what failed. */
  List<String> run() {
    return run(plan());
  }

  static List<String> run(Plan plan) {
    RunFiles files = new RunFiles(spark().sparkContext().hadoopConfiguration());
    try (Progress progress = Progress.of(plan, files, spark())) {
      return new AnalysisRun(spark(), plan, files, progress).run();
    }
  }

  Path result(String analysis) {
    return folder.resolve(analysis);
  }

  Manifest manifest(String analysis) {
    return new RunFiles(spark().sparkContext().hadoopConfiguration())
        .readManifest(new org.apache.hadoop.fs.Path("file:" + result(analysis)))
        .orElseThrow();
  }

  ErrorReport error(String analysis) {
    return json(result(analysis).resolve(Plan.ERROR), ErrorReport.class);
  }

  ProgressRecord progress() {
    return json(folder.resolve("home").resolve(Plan.PROGRESS), ProgressRecord.class);
  }

  Plan plan() {
    Map<String, String> results = new LinkedHashMap<>();
    analyses.forEach(a -> results.put(a.name(), "file:" + result(a.name()) + "/"));
    return new Plan(
        Plan.VERSION,
        "run",
        "0f6d2a6e-1",
        "2999-01-01T00:00:00Z",
        inputs,
        from,
        to,
        warmupDays,
        analyses,
        format,
        partitionBy,
        results,
        "file:" + folder.resolve("home") + "/",
        null);
  }

  private static <T> T json(Path file, Class<T> type) {
    try {
      return new com.fasterxml.jackson.databind.ObjectMapper().readValue(file.toFile(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
