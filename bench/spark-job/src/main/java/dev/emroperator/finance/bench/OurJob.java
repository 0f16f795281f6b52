package dev.emroperator.finance.bench;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Columns;
import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.AnalysisRun;
import dev.emroperator.finance.job.Session;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;

/** The bundled job as a cluster runs it: all checks, progress and manifests included. */
final class OurJob {

  private OurJob() {}

  /**
   * Runs analyses, whose results come in folders by year, as they do where nothing else is said.
   */
  static void run(Map<String, Path> inputs, Path result, List<Analysis> analyses)
      throws IOException {
    run(inputs, result, PartitionBy.YEAR, analyses);
  }

  /**
   * Runs analyses.
   *
   * @param inputs folder of each input, by its name
   */
  static void run(
      Map<String, Path> inputs, Path result, PartitionBy partitionBy, List<Analysis> analyses)
      throws IOException {
    System.setProperty("spark.master", "local[" + Peer.THREADS + "]");
    System.setProperty("spark.ui.enabled", "false");
    System.setProperty("spark.driver.host", "127.0.0.1");
    System.setProperty("spark.sql.shuffle.partitions", String.valueOf(2 * Peer.THREADS));
    SparkSession spark = Session.start();
    Plan plan = plan(inputs, result, partitionBy, analyses);
    RunFiles files = new RunFiles(spark.sparkContext().hadoopConfiguration());
    try (Progress progress = Progress.of(plan, files, spark)) {
      List<String> failed = new AnalysisRun(spark, plan, files, progress).run();
      if (!failed.isEmpty()) {
        throw new IllegalStateException(String.join("\n", failed));
      }
    }
  }

  private static Plan plan(
      Map<String, Path> inputs, Path result, PartitionBy partitionBy, List<Analysis> analyses)
      throws IOException {
    List<FrozenInput> frozen = new ArrayList<>();
    for (Map.Entry<String, Path> input : inputs.entrySet()) {
      frozen.add(
          new FrozenInput(
              new Input(
                  input.getKey(),
                  "s3://ignored/",
                  Format.PARQUET,
                  Columns.CANONICAL,
                  null,
                  "UTC",
                  null,
                  null),
              files(input.getValue())));
    }
    Map<String, String> results = new TreeMap<>();
    analyses.forEach(a -> results.put(a.name(), "file:" + result.resolve(a.name()) + "/"));
    return new Plan(
        Plan.VERSION,
        "bench",
        "00000000-1",
        "2999-01-01T00:00:00Z",
        frozen,
        null,
        null,
        0,
        analyses,
        Format.PARQUET,
        partitionBy,
        results,
        "file:" + result.resolve("home") + "/",
        null);
  }

  private static List<Plan.File> files(Path folder) throws IOException {
    List<Plan.File> files = new ArrayList<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        files.add(new Plan.File("file:" + file, Files.size(file), "etag"));
      }
    }
    return files;
  }
}
