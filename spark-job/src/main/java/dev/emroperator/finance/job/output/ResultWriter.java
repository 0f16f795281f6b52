package dev.emroperator.finance.job.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.year;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.kind.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** Writes a result into the folder of its attempt, and its manifest when all of it is there. */
public final class ResultWriter {

  private final SparkSession spark;
  private final Plan plan;
  private final RunFiles files;
  private final Configuration hadoop;

  public ResultWriter(SparkSession spark, Plan plan, RunFiles files) {
    this.spark = spark;
    this.plan = plan;
    this.files = files;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  /**
   * True when the result of this run is there, of this attempt or of the one whose folder it is.
   */
  public boolean isThere(String analysis) {
    Path folder = folder(analysis);
    return files
        .readManifest(folder)
        .filter(m -> plan.runId().equals(m.runId()))
        .filter(m -> List.of(plan.attempt(), folder.getName()).contains(m.attempt()))
        .isPresent();
  }

  /** Writes what has not ended before the first day that is wanted, sorted by ticker and time. */
  public void write(String analysis, Series series) {
    Path folder = folder(analysis);
    Dataset<Row> wanted =
        (plan.from() == null ? series : series.from(LocalDate.parse(plan.from()))).rows();
    save(wanted, folder.toString());
    Dataset<Row> written = read(wanted, folder.toString());
    files.writeManifest(folder, manifest(analysis, folder, written));
  }

  private Path folder(String analysis) {
    return new Path(plan.results().get(analysis));
  }

  private void save(Dataset<Row> wanted, String folder) {
    if (!isSeries(wanted)) {
      String[] columns = wanted.columns();
      write(
          wanted.sort(Arrays.stream(columns).map(c -> col("`" + c + "`")).toArray(Column[]::new)),
          folder);
      return;
    }
    Dataset<Row> split =
        switch (plan.partitionBy()) {
          case NONE -> wanted;
          case YEAR -> wanted.withColumn("year", year(col("date")));
          case MONTH -> wanted.withColumn("month", date_format(col("date"), "yyyy-MM"));
          case DAY -> wanted.withColumn("day", date_format(col("date"), "yyyy-MM-dd"));
        };
    String[] folders = partitionColumns();
    String cluster = folders.length == 0 ? "ticker" : folders[0];
    // One writer for each folder; Spark joins the small ones to files of a sane size.
    write(
        split
            .repartition(col(cluster))
            .sortWithinPartitions(col(cluster), col("ticker"), col("time")),
        folder,
        folders);
  }

  private void write(Dataset<Row> sorted, String folder, String... folders) {
    // What lies there is a torn write of this very attempt.
    var writer = sorted.write().mode(SaveMode.Overwrite).partitionBy(folders);
    if (plan.format() == Format.CSV) {
      writer.option("header", "true").csv(folder);
    } else {
      writer.parquet(folder);
    }
  }

  /** Only rows of tickers that have a time lie in folders by date. */
  private static boolean isSeries(Dataset<Row> rows) {
    return Arrays.asList(rows.columns()).containsAll(List.of("ticker", "time", "date"));
  }

  private String[] partitionColumns() {
    return switch (plan.partitionBy()) {
      case NONE -> new String[0];
      case YEAR -> new String[] {"year"};
      case MONTH -> new String[] {"month"};
      case DAY -> new String[] {"day"};
    };
  }

  private Dataset<Row> read(Dataset<Row> wanted, String folder) {
    return plan.format() == Format.CSV
        ? spark.read().schema(wanted.schema()).option("header", "true").csv(folder)
        : spark.read().schema(wanted.schema()).parquet(folder);
  }

  private Manifest manifest(String analysis, Path folder, Dataset<Row> written) {
    List<Manifest.File> parts = parts(folder);
    List<String> folders = isSeries(written) ? List.of(partitionColumns()) : List.of();
    List<Manifest.Column> columns =
        new ArrayList<>(
            Arrays.stream(written.schema().fields())
                .filter(f -> !folders.contains(f.name()))
                .map(f -> new Manifest.Column(f.name(), f.dataType().simpleString()))
                .toList());
    for (String column : folders) {
      columns.add(new Manifest.Column(column, column.equals("year") ? "int" : "string"));
    }
    return new Manifest(
        1,
        plan.runId(),
        plan.attempt(),
        analysis,
        parts.isEmpty() ? 0 : written.count(),
        parts.stream().mapToLong(Manifest.File::bytes).sum(),
        parts,
        columns);
  }

  private List<Manifest.File> parts(Path folder) {
    List<Manifest.File> parts = new ArrayList<>();
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      String base = fs.makeQualified(folder).toString() + "/";
      RemoteIterator<LocatedFileStatus> all = fs.listFiles(folder, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        if (file.getPath().getName().startsWith("part-")) {
          parts.add(
              new Manifest.File(file.getPath().toString().substring(base.length()), file.getLen()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.sort(Comparator.comparing(Manifest.File::path));
    return parts;
  }
}
