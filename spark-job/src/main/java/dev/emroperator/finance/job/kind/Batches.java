package dev.emroperator.finance.job.kind;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Whether this Spark hands out the batches of its Parquet reader. They are not part of its public
 * interface, so a vendor's Spark may lack them; then the same result is made by expressions.
 */
public final class Batches {

  /** Setting of Spark; false where only the plain way is to be taken. Default: true. */
  public static final String SETTING = "spark.financialanalyses.batches";

  private Batches() {}

  static boolean areThere(SparkSession spark) {
    if (!Boolean.parseBoolean(spark.conf().get(SETTING, "true"))) {
      return false;
    }
    try {
      return FileSourceScanExec.class.getMethod("executeColumnar") != null
          && ColumnarBatch.class.getMethod("column", int.class) != null;
    } catch (NoSuchMethodException | LinkageError e) {
      return false;
    }
  }
}
