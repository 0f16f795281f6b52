package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.output.OldRuns;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.SparkSession;

/**
 * {@code spark-submit --class dev.emroperator.finance.job.Main job.jar --plan s3://…/plan.json
 * --deadline 2026-03-02T16:00:00Z}. Runs every analysis of the plan in one application. Exit code 0
 * means that every result is there, 1 that one is not, 3 that the deadline has passed.
 */
public final class Main {

  private static final Duration S3_WITHIN = Duration.ofSeconds(30);

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 4 || !args[0].equals("--plan") || !args[2].equals("--deadline")) {
      System.err.println("usage: --plan LOCATION --deadline INSTANT");
      System.exit(2);
    }
    // Before anything that may hang: S3, YARN, or Spark.
    RunFiles files = new RunFiles(SparkHadoopUtil.get().newConfiguration(new SparkConf()));
    Path location = new Path(args[1]);
    watch(Deadline.parse(args[3]), location, files);
    SparkSession spark = Session.start();
    boolean succeeded = false;
    try {
      succeeded = run(spark, files, location);
    } finally {
      spark.stop();
    }
    if (!succeeded) {
      System.exit(1);
    }
  }

  private static void watch(Instant deadline, Path location, RunFiles files) {
    new Deadline(
            Clock.systemUTC(),
            () -> files.readPlan(location).deadline(),
            failure -> files.writeError(files.readPlan(location), null, failure),
            () -> Runtime.getRuntime().halt(3),
            S3_WITHIN)
        .watch(deadline);
  }

  private static boolean run(SparkSession spark, RunFiles files, Path location) throws IOException {
    Plan plan = files.readPlan(location);
    if (plan.version() != Plan.VERSION) {
      JobFailure failure =
          new JobFailure(
              Reason.JOB_ERROR, "this job can't read a plan of version " + plan.version());
      files.writeError(plan, null, failure);
      System.err.println(failure.getMessage());
      return false;
    }
    try (Progress progress = Progress.of(plan, files, spark)) {
      List<String> failed = new AnalysisRun(spark, plan, files, progress).run();
      failed.forEach(System.err::println);
      if (failed.isEmpty()) {
        new OldRuns(plan, files, spark.sparkContext().hadoopConfiguration()).delete();
      }
      return failed.isEmpty();
    }
  }
}
