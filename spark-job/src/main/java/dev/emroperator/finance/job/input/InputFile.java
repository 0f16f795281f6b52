package dev.emroperator.finance.job.input;

import dev.emroperator.finance.api.Format;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.run.CsvHeader;
import dev.emroperator.finance.api.run.HivePath;
import dev.emroperator.finance.api.run.Plan;
import dev.emroperator.finance.job.input.FooterDays.RowGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What a file says of itself before it is read.
 *
 * @param columns names of its columns, in order, then those that its folders name
 * @param types type by name of column, as Parquet writes it; empty for CSV
 * @param sparkTypes type by name of column, for those that can be read; empty for CSV
 * @param rows number of rows; null where only a scan can tell
 * @param groups its row groups and their days; empty for CSV
 */
record InputFile(
    Plan.File file,
    List<String> columns,
    Map<String, String> types,
    Map<String, DataType> sparkTypes,
    Long rows,
    List<RowGroup> groups) {

  /** Whether a row can be of one of these days, for all that its statistics tell. */
  boolean canHold(Days days) {
    return FooterDays.join(groups).map(days::overlap).orElse(true);
  }

  /**
   * Number of rows that a scan for these days reads, if {@link #rows} is known.
   *
   * @param time name of the column of times
   */
  long rows(Days days, String time) {
    return groups.isEmpty() || isNeverSkipped(time)
        ? rows
        : groups.stream()
            .filter(group -> group.days() == null || days.overlap(group.days()))
            .mapToLong(RowGroup::rows)
            .sum();
  }

  /** Spark leaves out no row group by a time that has no zone, or nanoseconds. */
  private boolean isNeverSkipped(String time) {
    return type(time)
        .filter(type -> type.contains("TIMESTAMP("))
        .filter(type -> type.contains("false)") || ParquetTypes.isNanos(type))
        .isPresent();
  }

  /** Type of a column as Parquet writes it; empty for CSV, and where a folder holds the value. */
  Optional<String> type(String name) {
    return HivePath.of(file.path()).columns().containsKey(name)
        ? Optional.empty()
        : of(types, name);
  }

  /** Type of a column of a Parquet file as {@link ParquetTypes#readable} has it. */
  Optional<DataType> sparkType(String name) {
    return of(sparkTypes, name);
  }

  private static <T> Optional<T> of(Map<String, T> byName, String name) {
    return byName.entrySet().stream()
        .filter(column -> column.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  /** The columns of a Parquet file that can be read, as Spark reads them. */
  StructType scanned() {
    StructType scanned = new StructType();
    for (Map.Entry<String, DataType> column : sparkTypes.entrySet()) {
      boolean isNanos = ParquetTypes.isNanos(types.get(column.getKey()));
      scanned =
          scanned.add(column.getKey(), isNanos ? DataTypes.LongType : column.getValue(), true);
    }
    return scanned;
  }

  /** Equal for files that can be read together. */
  String shape() {
    HivePath path = HivePath.of(file.path());
    String base = path.columns().isEmpty() ? "" : path.base() + path.columns().keySet();
    return base + columns + types;
  }

  /** Whether it has a column; case doesn't count. */
  boolean has(String name) {
    return columns.stream().anyMatch(name::equalsIgnoreCase);
  }

  /**
   * Looks into a file.
   *
   * @throws dev.emroperator.finance.job.JobFailure as {@link ClaimedFile#look}
   */
  static InputFile inspect(
      Plan.File file, Input input, ParquetTypes parquet, Configuration hadoop) {
    return ClaimedFile.look(
        file,
        hadoop,
        (fs, status) ->
            input.format() == Format.CSV
                ? csv(file, fs, status.getPath(), hadoop)
                : parquet(file, HadoopInputFile.fromStatus(status, hadoop), input, parquet));
  }

  private static InputFile parquet(
      Plan.File file, HadoopInputFile input, Input declared, ParquetTypes parquet)
      throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(input)) {
      MessageType schema = reader.getFileMetaData().getSchema();
      Map<String, String> types = new LinkedHashMap<>();
      for (Type field : schema.getFields()) {
        types.put(field.getName(), field.withId(0).toString().replaceFirst("^\\w+ ", ""));
      }
      List<RowGroup> groups =
          FooterDays.of(
              reader.getFooter().getBlocks(),
              declared.columns().time(),
              ZoneId.of(declared.timezone()));
      return new InputFile(
          file,
          withFolders(file, types.keySet()),
          types,
          parquet.readable(schema),
          reader.getRecordCount(),
          groups);
    }
  }

  private static InputFile csv(Plan.File file, FileSystem fs, Path path, Configuration hadoop)
      throws IOException {
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(path);
    try (InputStream raw = fs.open(path);
        InputStream plain = codec == null ? raw : codec.createInputStream(raw);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      String header = reader.readLine();
      if (header == null) {
        throw ClaimedFile.corrupt(file, "is empty, but a CSV file begins with a header line");
      }
      Long rows = reader.read() < 0 ? 0L : null;
      List<String> columns = withFolders(file, CsvHeader.columns(header));
      return new InputFile(file, columns, Map.of(), Map.of(), rows, List.of());
    }
  }

  private static List<String> withFolders(Plan.File file, Collection<String> columns) {
    Set<String> names = new LinkedHashSet<>(columns);
    names.addAll(HivePath.of(file.path()).columns().keySet());
    return List.copyOf(names);
  }
}
