package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.Reason;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.job.JobFailure;
import dev.emroperator.finance.job.input.BadValue;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.AtomicType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/** One SELECT in a session of its own, in which there is nothing but its tables. */
final class SqlAnalysis {

  private static final List<String> SERIES = List.of("ticker", "time", "date");

  private SqlAnalysis() {}

  /** The result of a select over named tables. */
  static Series of(Series series, Sql sql, Map<String, Series> tables) {
    SparkSession spark = series.rows().sparkSession();
    Dataset<Row> selected = Dataset.ofRows(spark, resolved(spark, sql, tables));
    check(selected.schema(), sql);
    Dataset<Row> limited = atMost(sql.maxRows(), checked(selected, sql));
    if (!sql.givesSeries()) {
      return new Series(limited, series.zone(), null).holding(List.of(limited));
    }
    Dataset<Row> dated = Series.withDate(limited, series.zone());
    return new Series(dated.select(seriesFirst(dated)), series.zone(), series.every())
        .holding(List.of(limited));
  }

  private static LogicalPlan resolved(SparkSession spark, Sql sql, Map<String, Series> tables) {
    SparkSession session = spark.newSession();
    session.conf().set("spark.sql.variable.substitute", "false");
    session.conf().set("spark.sql.runSQLOnFiles", "false");
    SparkSession before = SparkSession.active();
    SparkSession.setActiveSession(session);
    try {
      tables.forEach(
          (name, table) ->
              Dataset.ofRows(session, sorted(table).queryExecution().analyzed())
                  .createOrReplaceTempView("`" + name + "`"));
      LogicalPlan parsed =
          SqlText.parse(sql.select(), tables.keySet(), session.sessionState().sqlParser());
      LogicalPlan analysed = analysed(session, parsed);
      SqlPlan.check(analysed, tables.keySet());
      return analysed;
    } catch (AnalysisException e) {
      throw SqlText.refused("fails: " + SqlText.firstLine(e));
    } finally {
      SparkSession.setActiveSession(before);
    }
  }

  /** Scala does not announce what it throws. */
  private static LogicalPlan analysed(SparkSession session, LogicalPlan parsed)
      throws AnalysisException {
    return Dataset.ofRows(session, parsed).queryExecution().analyzed();
  }

  /** Keys first and then by name, so that {@code *} is always the same. */
  private static Dataset<Row> sorted(Series table) {
    return table
        .rows()
        .select(
            Stream.concat(SERIES.stream().filter(table::has), table.values().stream().sorted())
                .map(Series::column)
                .toArray(Column[]::new));
  }

  private static void check(StructType schema, Sql sql) {
    List<String> names = Arrays.asList(schema.fieldNames());
    if (!names.equals(sql.columns())) {
      throw new JobFailure(
          Reason.MISSING_COLUMN,
          "sql.select gives the columns %s, but sql.columns says %s: make them the same"
              .formatted(names, sql.columns()));
    }
    for (StructField field : schema.fields()) {
      checkType(field, sql);
    }
  }

  private static void checkType(StructField field, Sql sql) {
    DataType wanted =
        !sql.givesSeries() || !AnalysisKind.KEYS.contains(field.name())
            ? null
            : field.name().equals("time") ? DataTypes.TimestampType : DataTypes.StringType;
    boolean fits = wanted == null ? isPlain(field.dataType()) : wanted.equals(field.dataType());
    if (!fits) {
      throw new JobFailure(
          Reason.BAD_VALUE,
          "sql.select gives column '%s' as %s, but it must be %s: cast it"
              .formatted(
                  field.name(),
                  field.dataType().simpleString(),
                  wanted == null ? "a number, text, day, time or boolean" : wanted.simpleString()));
    }
  }

  private static boolean isPlain(DataType type) {
    return type instanceof AtomicType && !type.simpleString().startsWith("interval");
  }

  /** The rows, in which a key that is null and a number that is none are errors. */
  private static Dataset<Row> checked(Dataset<Row> selected, Sql sql) {
    return selected.select(
        Arrays.stream(selected.schema().fields())
            .map(field -> checked(field, sql))
            .toArray(Column[]::new));
  }

  private static Column checked(StructField field, Sql sql) {
    Column column = Series.column(field.name());
    DataType type = field.dataType();
    if (sql.givesSeries() && AnalysisKind.KEYS.contains(field.name())) {
      return orError(column.isNull(), column, field, "null, but it is a key: filter such rows");
    }
    if (type.equals(DataTypes.DoubleType) || type.equals(DataTypes.FloatType)) {
      Column notFinite =
          column.isNaN().or(column.isin(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY));
      return orError(
          notFinite, column, field, "NaN or infinity: divide by nullif(…, 0), or give null");
    }
    return column;
  }

  private static Column orError(Column isBad, Column good, StructField field, String what) {
    Column error =
        BadValue.raised(
            functions.lit("sql.select gives column '%s' as %s".formatted(field.name(), what)));
    return functions.when(isBad, error).otherwise(good).as(field.name());
  }

  /**
   * The rows, counted where they are kept, so that none is written of a result that is too long.
   */
  private static Dataset<Row> atMost(int most, Dataset<Row> selected) {
    LogicalPlan cut =
        new LocalLimit(functions.lit(most + 1).expr(), selected.queryExecution().analyzed());
    Dataset<Row> kept =
        Dataset.ofRows(selected.sparkSession(), cut).persist(StorageLevel.MEMORY_AND_DISK());
    if (kept.count() > most) {
      kept.unpersist();
      throw new JobFailure(
          Reason.BAD_VALUE,
          "sql.select gives more than sql.maxRows, %d rows: select fewer, or raise it"
              .formatted(most));
    }
    return kept;
  }

  private static Column[] seriesFirst(Dataset<Row> dated) {
    List<String> others =
        Arrays.stream(dated.columns()).filter(name -> !SERIES.contains(name)).toList();
    return Stream.concat(SERIES.stream(), others.stream())
        .map(name -> Series.column(name))
        .toArray(Column[]::new);
  }
}
