package dev.emroperator.finance.job;

import dev.emroperator.finance.job.input.ZstdCodec;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/**
 * The session, with the settings that decide what comes out; sizes and places come from
 * spark-submit.
 */
public final class Session {

  /** The setting of how much of a shuffle one task reads. */
  public static final String TASK_SIZE = "spark.sql.adaptive.advisoryPartitionSizeInBytes";

  /** What it is unless the user says otherwise: files of results come out as large. */
  public static final String USUAL_TASK_SIZE = "128m";

  private Session() {}

  public static SparkSession start() {
    return SparkSession.builder()
        .config(sizes())
        .appName("financial-analyses")
        // Results depend on the zones of the inputs and on nothing else.
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS")
        // A file that can't be read is an error, never a gap in a result.
        .config("spark.sql.files.ignoreCorruptFiles", "false")
        .config("spark.sql.files.ignoreMissingFiles", "false")
        .config("spark.hadoop.io.compression.codecs", ZstdCodec.class.getName())
        // Spark has no type for a time of nanoseconds, but can read it as a whole number.
        .config("spark.sql.legacy.parquet.nanosAsLong", "true")
        // A ticker that is a folder keeps its zeros, as in 0700.
        .config("spark.sql.sources.partitionColumnTypeInference.enabled", "false")
        .config("spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs", "false")
        .config("spark.speculation", "false")
        .getOrCreate();
  }

  /** What the user may have set otherwise. */
  private static SparkConf sizes() {
    return new SparkConf()
        // Else a task is started to look up the size of each file.
        .setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "32")
        // As many tasks as there are cores, but none for less than this.
        .setIfMissing("spark.sql.adaptive.coalescePartitions.minPartitionSize", "16m")
        .setIfMissing(TASK_SIZE, USUAL_TASK_SIZE);
  }
}
