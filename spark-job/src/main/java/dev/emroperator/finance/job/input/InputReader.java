package dev.emroperator.finance.job.input;

import static org.apache.spark.sql.functions.col;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.Quality.Rule;
import dev.emroperator.finance.api.run.HivePath;
import dev.emroperator.finance.api.run.Manifest;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import dev.emroperator.finance.job.JobFailure;
import dev.emroperator.finance.job.kind.Scan;
import dev.emroperator.finance.job.kind.Series;
import dev.emroperator.finance.job.progress.Work;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;

/** Reads the frozen files of an input, and only the columns and days that are asked for. */
public final class InputReader {

  /** Whether {@code [ ] { } * ?} in a path are patterns; in a key of S3 they are letters. */
  private static final String GLOBS = "__globPaths__";

  /** Where Spark puts a row whose fields are not those of the header; FAILFAST names no file. */
  private static final String MALFORMED = "_malformed_row";

  private final SparkSession spark;
  private final Configuration hadoop;
  private final ParquetTypes parquet;
  private final Days days;
  private final Map<String, Preflight> inspected = new LinkedHashMap<>();

  /** The files that were read for what was told. */
  private final Map<Manifest.Source, List<InputFile>> read = new HashMap<>();

  /** Spark lists files each time that it is asked for them. */
  private final Map<List<InputFile>, Dataset<Row>> loaded = new HashMap<>();

  public InputReader(SparkSession spark, Plan plan) {
    this.spark = spark;
    this.hadoop = spark.sparkContext().hadoopConfiguration();
    this.parquet = new ParquetTypes(spark);
    this.days = Days.of(plan);
  }

  /** Columns that an input has, by the names that analyses know them by. */
  public Set<String> columns(FrozenInput frozen) {
    return frozen.input().present(preflight(frozen).columns());
  }

  /** What is told of the files of an input from which the wanted columns are read. */
  public Manifest.Source told(FrozenInput frozen, Set<String> wanted) {
    Preflight.Chosen chosen = preflight(frozen).choose(wanted);
    read.put(chosen.told(), chosen.files());
    return chosen.told();
  }

  /**
   * Looks whether the files that were read are still those of the run, since Spark opens them again
   * for each analysis.
   *
   * @param told what was told of them; those of an earlier attempt are not looked at
   * @throws JobFailure of kind CorruptFile that names the first that is not
   */
  public void refuseChanged(Collection<Manifest.Source> told) {
    told.stream()
        .flatMap(source -> read.getOrDefault(source, List.of()).stream())
        .map(InputFile::file)
        .distinct()
        .toList()
        .parallelStream()
        .map(file -> ClaimedFile.change(file, hadoop))
        .flatMap(Optional::stream)
        .findFirst()
        .ifPresent(
            failure -> {
              throw failure;
            });
  }

  /**
   * The wanted columns of an input's rows.
   *
   * @param rules those that find what is an error without them: {@link CanonicalColumn#of}
   */
  public Series read(FrozenInput frozen, Set<String> wanted, Set<Rule> rules) {
    Input input = frozen.input();
    Dataset<Row> rows =
        groups(frozen, wanted).stream()
            .map(alike -> read(input, alike, wanted, rules))
            .reduce(Dataset::unionByName)
            .orElseThrow();
    if (!wanted.contains("time")) {
      return new Series(rows, input.timezone(), null);
    }
    Column isWanted = days.contain(col("date"));
    if (rules.contains(Rule.KEY)) {
      // It may be of any day.
      isWanted = isWanted.or(col("time").isNull());
    }
    return new Series(
        Series.withDate(rows, input.timezone()).filter(isWanted),
        input.timezone(),
        null,
        rules.isEmpty() ? scans(frozen, wanted) : List.of(),
        false);
  }

  /** How much there is to read of an input for the wanted columns. */
  public Work work(FrozenInput frozen, Set<String> wanted) {
    List<InputFile> files = preflight(frozen).choose(wanted).files();
    boolean isCounted = files.stream().allMatch(file -> file.rows() != null);
    return new Work(
        isCounted ? files.stream().mapToLong(file -> rows(file, frozen.input(), wanted)).sum() : 0,
        files.stream().mapToLong(file -> file.file().size()).sum(),
        isCounted);
  }

  private long rows(InputFile file, Input input, Set<String> wanted) {
    return wanted.contains("time") ? file.rows(days, input.columns().time()) : file.rows();
  }

  /** All groups of files as batches, or none of them. */
  private List<Scan> scans(FrozenInput frozen, Set<String> wanted) {
    Input input = frozen.input();
    if (input.format() != Format.PARQUET) {
      return List.of();
    }
    List<Optional<Scan>> scans =
        groups(frozen, wanted).stream()
            .map(alike -> within(input, load(input.format(), alike), wanted))
            .map(raw -> Scans.of(raw, input, wanted, days))
            .toList();
    return scans.stream().allMatch(Optional::isPresent)
        ? scans.stream().flatMap(Optional::stream).toList()
        : List.of();
  }

  /** Files of one schema together. */
  private Collection<List<InputFile>> groups(FrozenInput frozen, Set<String> wanted) {
    return preflight(frozen).choose(wanted).files().stream()
        .collect(Collectors.groupingBy(InputFile::shape, LinkedHashMap::new, Collectors.toList()))
        .values();
  }

  private Preflight preflight(FrozenInput frozen) {
    if (frozen.files().isEmpty()) {
      throw new JobFailure(Reason.JOB_ERROR, "input '" + frozen.input().name() + "' has no files");
    }
    return inspected.computeIfAbsent(
        frozen.input().name(), name -> Preflight.of(frozen, days, parquet, hadoop));
  }

  private Dataset<Row> read(
      Input input, List<InputFile> alike, Set<String> wanted, Set<Rule> rules) {
    Map<String, String> names = input.names();
    Dataset<Row> raw = load(input.format(), alike);
    StructType schema = raw.schema();
    String checked = wanted.contains("time") ? "time" : wanted.iterator().next();
    List<Column> columns = new ArrayList<>();
    for (String column : wanted) {
      String name = names.get(column);
      Column value = raw.col("`" + name + "`");
      DataType type = schema.apply(index(schema, name)).dataType();
      if (alike.get(0).type(name).filter(ParquetTypes::isNanos).isPresent()) {
        type = alike.get(0).sparkType(name).orElseThrow();
        value = ParquetTypes.micros(value, type);
      }
      Column good = CanonicalColumn.of(column, name, value, type, input.timezone(), rules);
      // Every row's time is looked at, of those days too that are not wanted.
      boolean checksRow = input.format() == Format.CSV && column.equals(checked);
      columns.add(checksRow ? BadValue.unlessMalformed(raw.col(MALFORMED), good).as(column) : good);
    }
    return within(input, raw, wanted).select(columns.toArray(Column[]::new));
  }

  /** The scan sees a condition only on a column as it stands in the files. */
  private Dataset<Row> within(Input input, Dataset<Row> raw, Set<String> wanted) {
    if (!wanted.contains("time") || input.format() == Format.CSV) {
      return raw;
    }
    String name = input.columns().time();
    var type = raw.schema().apply(index(raw.schema(), name)).dataType();
    return days.contain(raw.col("`" + name + "`"), type, ZoneId.of(input.timezone()))
        .map(raw::filter)
        .orElse(raw);
  }

  private Dataset<Row> load(Format format, List<InputFile> alike) {
    return loaded.computeIfAbsent(alike, files -> open(format, files));
  }

  private Dataset<Row> open(Format format, List<InputFile> alike) {
    String[] paths = alike.stream().map(f -> f.file().path()).toArray(String[]::new);
    HivePath folders = HivePath.of(paths[0]);
    DataFrameReader reader = spark.read().option(GLOBS, "false");
    if (!folders.columns().isEmpty()) {
      // Else Spark takes the folder of a file for its base, and sees no columns above it.
      reader = reader.option("basePath", folders.base());
    }
    if (format == Format.PARQUET) {
      // Else one column that Spark can't read, wanted or not, keeps it from reading the file.
      return reader.schema(alike.get(0).scanned()).parquet(paths);
    }
    StructType strings = new StructType();
    for (String column : alike.get(0).columns()) {
      strings = folders.columns().containsKey(column) ? strings : strings.add(column, "string");
    }
    strings = strings.add(MALFORMED, "string");
    return reader
        .schema(strings)
        .option("header", "true")
        // As RFC 4180 has it: a quote within quotes is doubled.
        .option("escape", "\"")
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
}
