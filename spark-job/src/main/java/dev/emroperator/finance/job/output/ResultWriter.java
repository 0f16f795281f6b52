package dev.emroperator.finance.job.output;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.year;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Output.PartitionBy;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Manifest.BadRows;
import dev.emroperator.finance.api.run.Manifest.Source;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.JobFailure;
import dev.emroperator.finance.job.kind.Series;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
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
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** Writes a result into the folder of its attempt, and its manifest when all of it is there. */
public final class ResultWriter {

  /** Partitions from which on folders would hold many small files. */
  private static final int FEW = 8;

  private static final String OPEN_FILES = "spark.sql.maxConcurrentOutputFileWriters";

  /** Years; beyond them Spark sorts what is left. */
  private static final int MOST_OPEN = 100;

  private final SparkSession spark;
  private final Plan plan;
  private final RunFiles files;
  private final Consumer<List<Source>> refuseChanged;
  private final Configuration hadoop;

  /**
   * @param refuseChanged fails where files that a result was made of are not what they were told to
   *     be; asked when all is written, before a manifest makes it a result
   */
  public ResultWriter(
      SparkSession spark, Plan plan, RunFiles files, Consumer<List<Source>> refuseChanged) {
    this.spark = spark;
    this.plan = plan;
    this.files = files;
    this.refuseChanged = refuseChanged;
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
  public void write(String analysis, Series series, List<Source> inputs) {
    Path folder = folder(analysis);
    Series wanted = wanted(series);
    save(wanted, folder.toString());
    Manifest manifest = manifest(analysis, folder, wanted.rows(), inputs, null);
    refuseChanged.accept(inputs);
    files.writeManifest(folder, manifest);
  }

  /**
   * Writes the good rows, and the bad ones to the quarantine beside them.
   *
   * @throws JobFailure when their share is above what is allowed; the quarantine stays to be read
   */
  public void write(
      String analysis, Series good, Series bad, Quality quality, List<Source> inputs) {
    Path folder = folder(analysis);
    Series wanted = wanted(good);
    save(wanted, folder.toString());
    BadRows badRows = Quarantine.write(wanted(bad).rows(), quality, plan.format(), folder, spark);
    Manifest manifest = manifest(analysis, folder, wanted.rows(), inputs, badRows);
    refuseChanged.accept(inputs);
    long all = manifest.rows() + badRows.rows();
    if (badRows.rows() > quality.maxBadRatio() * all) {
      throw new JobFailure(
          Reason.BAD_VALUE,
          "%d of %d rows break a rule (%s), more than maxBadRatio %s: correct those in %s/%s, or allow more"
              .formatted(
                  badRows.rows(),
                  all,
                  badRows.byRule(),
                  quality.maxBadRatio(),
                  folder,
                  badRows.path()));
    }
    files.writeManifest(folder, manifest);
  }

  private Series wanted(Series series) {
    return plan.from() == null ? series : series.from(LocalDate.parse(plan.from()));
  }

  private Path folder(String analysis) {
    return new Path(plan.results().get(analysis));
  }

  private void save(Series series, String folder) {
    Dataset<Row> wanted = series.rows();
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
    if (series.isInOrder() && folders.length == 0) {
      write(split, folder);
    } else if (plan.partitionBy() == PartitionBy.YEAR
        && series.partitions().orElse(Integer.MAX_VALUE) <= FEW) {
      writeInOrder(split, folder, folders);
    } else {
      // One writer for each folder; Spark joins the small ones to files of a sane size, and shares
      // out a large one. To cut ranges it would have to make all rows twice.
      Dataset<Row> sorted =
          split
              .hint("rebalance", col(cluster).expr())
              .sortWithinPartitions(col(cluster), col("ticker"), col("time"));
      write(sorted, folder, folders);
    }
  }

  /** Each task into the files of all folders at once, which needs no further shuffle and sort. */
  private void writeInOrder(Dataset<Row> ordered, String folder, String... folders) {
    spark.conf().set(OPEN_FILES, MOST_OPEN);
    try {
      write(ordered, folder, folders);
    } finally {
      spark.conf().unset(OPEN_FILES);
    }
  }

  private void write(Dataset<Row> sorted, String folder, String... folders) {
    // What lies there is a torn write of this very attempt.
    var writer = sorted.write().mode(SaveMode.Overwrite).partitionBy(folders);
    if (plan.format() == Format.CSV) {
      writer.options(Csv.written(sorted.schema())).csv(folder);
    } else {
      // Hardly two prices are equal: a dictionary of them is built for every page, and thrown away.
      for (StructField field : sorted.schema().fields()) {
        if (field.dataType().equals(DataTypes.DoubleType)) {
          writer.option("parquet.enable.dictionary#" + field.name(), "false");
        }
      }
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

  private long rows(Dataset<Row> wanted, Path folder, List<Manifest.File> parts) {
    if (plan.format() == Format.PARQUET) {
      return FooterRows.of(folder, parts, hadoop);
    }
    return parts.isEmpty() ? 0 : Csv.read(wanted, folder.toString()).count();
  }

  private Manifest manifest(
      String analysis, Path folder, Dataset<Row> wanted, List<Source> inputs, BadRows badRows) {
    List<Manifest.File> parts = parts(folder);
    List<String> folders = isSeries(wanted) ? List.of(partitionColumns()) : List.of();
    List<Manifest.Column> columns =
        new ArrayList<>(
            Arrays.stream(wanted.schema().fields())
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
        rows(wanted, folder, parts),
        parts.stream().mapToLong(Manifest.File::bytes).sum(),
        parts,
        columns,
        inputs,
        badRows);
  }

  private List<Manifest.File> parts(Path folder) {
    List<Manifest.File> parts = new ArrayList<>();
    try {
      FileSystem fs = folder.getFileSystem(hadoop);
      String base = fs.makeQualified(folder).toString() + "/";
      RemoteIterator<LocatedFileStatus> all = fs.listFiles(folder, true);
      while (all.hasNext()) {
        LocatedFileStatus file = all.next();
        String path = file.getPath().toString().substring(base.length());
        if (file.getPath().getName().startsWith("part-") && !path.startsWith("_")) {
          parts.add(new Manifest.File(path, file.getLen()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    parts.sort(Comparator.comparing(Manifest.File::path));
    return parts;
  }
}
