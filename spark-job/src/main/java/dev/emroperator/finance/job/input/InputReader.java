package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.JobFailure;
import dev.emroperator.finance.job.kind.Series;
import dev.emroperator.finance.job.progress.Work;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Reads the frozen files of an input, and only the columns and days that are asked for. */
public final class InputReader {

  /** Whether {@code [ ] { } * ?} in a path are patterns; in a key of S3 they are letters. */
  private static final String GLOBS = "__globPaths__";

  /** Where Spark puts a row whose fields are not those of the header; FAILFAST names no file. */
  private static final String MALFORMED = "_malformed_row";

  private final SparkSession spark;
  private final Plan plan;
  private final Configuration hadoop;
  private final Map<String, List<InputFile>> inspected = new LinkedHashMap<>();

  public InputReader(SparkSession spark, Plan plan) {
    this.spark = spark;
    this.plan = plan;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
  }

  /** Columns that an input has, by the names that analyses know them by. */
  public Set<String> columns(FrozenInput frozen) {
    List<InputFile> files = files(frozen);
    return frozen.input().present(files.get(0).columns());
  }

  /** The wanted columns of an input's rows. */
  public Series read(FrozenInput frozen, Set<String> wanted) {
    Input input = frozen.input();
    Dataset<Row> rows =
        files(frozen).stream()
            .collect(
                Collectors.groupingBy(InputFile::shape, LinkedHashMap::new, Collectors.toList()))
            .values()
            .stream()
            .map(alike -> read(input, alike, wanted))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    if (!wanted.contains("time")) {
      return new Series(rows, input.timezone(), null);
    }
    Dataset<Row> dated = Series.withDate(rows, input.timezone());
    return new Series(withinRange(dated), input.timezone(), null);
  }

  /** How much there is to read of an input. */
  public Work work(FrozenInput frozen) {
    List<InputFile> files = files(frozen);
    boolean isCounted = files.stream().noneMatch(file -> file.rows() == InputFile.UNKNOWN);
    return new Work(
        isCounted ? files.stream().mapToLong(InputFile::rows).sum() : 0,
        files.stream().mapToLong(file -> file.file().size()).sum(),
        isCounted);
  }

  private List<InputFile> files(FrozenInput frozen) {
    if (frozen.files().isEmpty()) {
      throw new JobFailure("JobError", "input '" + frozen.input().name() + "' has no files");
    }
    return inspected.computeIfAbsent(frozen.input().name(), name -> inspect(frozen));
  }

  private List<InputFile> inspect(FrozenInput frozen) {
    return frozen.files().parallelStream()
        .map(file -> InputFile.inspect(file, frozen.input().format(), hadoop))
        .toList();
  }

  private Dataset<Row> read(Input input, List<InputFile> alike, Set<String> wanted) {
    Map<String, String> names = input.names();
    InputFile first = alike.get(0);
    for (String column : wanted) {
      String name = names.get(column);
      if (first.columns().stream().noneMatch(name::equalsIgnoreCase)) {
        throw new JobFailure(
            "MissingColumn",
            "file %s has no column '%s' for '%s', only %s"
                .formatted(first.file().path(), name, column, first.columns()));
      }
    }
    Dataset<Row> raw = load(input.format(), alike);
    StructType schema = raw.schema();
    String checked = wanted.contains("time") ? "time" : wanted.iterator().next();
    List<Column> columns = new ArrayList<>();
    for (String column : wanted) {
      Column value = raw.col("`" + names.get(column) + "`");
      var type = schema.apply(index(schema, names.get(column))).dataType();
      Column good = CanonicalColumn.of(column, names.get(column), value, type, input.timezone());
      // Every row's time is looked at, of those days too that are not wanted.
      boolean checksRow = input.format() == Format.CSV && column.equals(checked);
      columns.add(checksRow ? BadValue.unlessMalformed(raw.col(MALFORMED), good).as(column) : good);
    }
    return raw.select(columns.toArray(Column[]::new));
  }

  private Dataset<Row> load(Format format, List<InputFile> alike) {
    String[] paths = alike.stream().map(f -> f.file().path()).toArray(String[]::new);
    if (format == Format.PARQUET) {
      return spark.read().option(GLOBS, "false").option("mergeSchema", "false").parquet(paths);
    }
    StructType strings = new StructType();
    for (String column : alike.get(0).columns()) {
      strings = strings.add(column, "string");
    }
    strings = strings.add(MALFORMED, "string");
    return spark
        .read()
        .schema(strings)
        .option(GLOBS, "false")
        .option("header", "true")
        .option("columnNameOfCorruptRecord", MALFORMED)
        // Else a row with a field too few or too many passes where the rest is not read.
        .option("columnPruning", "false")
        .csv(paths);
  }

  private static int index(StructType schema, String name) {
    for (int i = 0; i < schema.length(); i++) {
      if (schema.apply(i).name().equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException(name);
  }

  private Dataset<Row> withinRange(Dataset<Row> rows) {
    Dataset<Row> within = rows;
    if (plan.from() != null) {
      LocalDate first = LocalDate.parse(plan.from()).minusDays(plan.warmupDays());
      within = within.filter(col("date").geq(java.sql.Date.valueOf(first)));
    }
    if (plan.to() != null) {
      within = within.filter(col("date").leq(java.sql.Date.valueOf(plan.to())));
    }
    return within;
  }
}
