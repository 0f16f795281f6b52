package dev.emroperator.finance.bench;

import java.nio.file.Path;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** One way from the files of a scenario to its result. */
interface Peer {

  /** Threads that every peer works with. */
  int THREADS = 2;

  /**
   * Reads files and writes a result.
   *
   * @param data folder of each input, by its name
   * @param result a folder that is not there yet
   */
  void run(Map<String, Path> data, Path result) throws Exception;

  /** Spark as it comes, but for the number of threads and the page that nobody looks at. */
  static SparkSession plainSpark() {
    return spark().getOrCreate();
  }

  /** Spark with the settings that every guide to its tuning names. */
  static SparkSession tunedSpark() {
    return spark()
        .config("spark.sql.shuffle.partitions", 2 * THREADS)
        .config("spark.sql.parquet.compression.codec", "zstd")
        .config("spark.serializer", "org.apache.spark.serializer.KryoSerializer")
        .getOrCreate();
  }

  private static SparkSession.Builder spark() {
    return SparkSession.builder()
        .master("local[" + THREADS + "]")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "UTC");
  }
}
