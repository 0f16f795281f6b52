package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.output.OldRuns;
import dev.emroperator.finance.job.output.RunFiles;
import dev.emroperator.finance.job.progress.Progress;
import java.io.IOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;

/**
 * {@code spark-submit --class dev.emroperator.finance.job.Main job.jar --plan s3://…/plan.json}.
 * Runs every analysis of the plan in one application. Exit code 0 means that every result is there.
 */
public final class Main {

  private Main() {}

  public static void main(String[] args) throws IOException {
    if (args.length != 2 || !args[0].equals("--plan")) {
      System.err.println("usage: --plan LOCATION");
      System.exit(2);
    }
    SparkSession spark = Session.start();
    RunFiles files = new RunFiles(spark.sparkContext().hadoopConfiguration());
    boolean succeeded = run(spark, files, new Path(args[1]));
    spark.stop();
    if (!succeeded) {
      System.exit(1);
    }
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
    Deadline.watch(plan, location, files);
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
