package dev.emroperator.finance.job.kind;

import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.execution.FileSourceScanExec;
import org.apache.spark.sql.execution.UnsafeExternalRowSorter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.collection.unsafe.sort.PrefixComparator;
import scala.math.Ordering;

/**
 * Whether this Spark hands out the batches of its Parquet reader, its own form of rows, and its
 * sorter. None is part of its public interface, so a vendor's Spark may lack them; then the same
 * result is made in the plain way.
 */
public final class Internals {

  /** Setting of Spark; false where only the plain way is to be taken. Default: true. */
  public static final String SETTING = "spark.financialanalyses.internals";

  private Internals() {}

  /** Whether they are used where they are there. */
  public static boolean areWanted(SparkSession spark) {
    return Boolean.parseBoolean(spark.conf().get(SETTING, "true"));
  }

  /** For all that is made in this session from here on. */
  public static void turnOff(SparkSession spark) {
    spark.conf().set(SETTING, "false");
  }

  static boolean haveBatches(SparkSession spark) {
    return areWanted(spark) && known(() -> has(FileSourceScanExec.class, "executeColumnar"));
  }

  static boolean haveRows(SparkSession spark) {
    return areWanted(spark)
        && known(
            () ->
                has(
                    SparkSession.class,
                    "internalCreateDataFrame",
                    RDD.class,
                    StructType.class,
                    boolean.class));
  }

  static boolean haveSort(SparkSession spark) {
    return haveRows(spark)
        && known(
            () ->
                has(
                    UnsafeExternalRowSorter.class,
                    "create",
                    StructType.class,
                    Ordering.class,
                    PrefixComparator.class,
                    UnsafeExternalRowSorter.PrefixComputer.class,
                    long.class,
                    boolean.class));
  }

  /** To name a class is an error where it is missing, so it is named in here only. */
  private static boolean known(BooleanSupplier has) {
    try {
      return has.getAsBoolean();
    } catch (LinkageError e) {
      return false;
    }
  }

  private static boolean has(Class<?> type, String method, Class<?>... parameters) {
    return Arrays.stream(type.getMethods())
        .filter(one -> one.getName().equals(method))
        .anyMatch(one -> Arrays.equals(one.getParameterTypes(), parameters));
  }
}
