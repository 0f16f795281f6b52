package dev.emroperator.finance.api.kind;

import java.io.Serializable;
import java.util.List;
import java.util.Set;

/**
 * What every kind of analysis tells about its columns, so that a chain is checked before it is
 * paid. Serializable, because the job sends it to its executors.
 *
 * <p>Value columns are all but the keys {@code ticker}, {@code time} and {@code date}, which stand
 * before them in every series.
 */
public sealed interface AnalysisKind extends Serializable
    permits Adjust,
        Asof,
        Bars,
        Beta,
        Correlation,
        Drawdown,
        Gapfill,
        Indicators,
        Quality,
        Returns,
        Rollup,
        Rolling,
        Sql,
        Volatility {

  /** Say of what and when a row is. */
  Set<String> KEYS = Set.of("ticker", "time");

  /** Columns that a series or its files get besides; no value column can have their names. */
  Set<String> RESERVED = Set.of("date", "year", "month", "day", Quality.REASONS);

  /**
   * Value columns that this analysis reads of what it is made of, which has the {@code available}
   * ones. A column in the answer that is not available is missing.
   */
  Set<String> reads(Set<String> available);

  /** Value columns of the result, in order, where what it is made of has the available ones. */
  List<String> gives(Set<String> available);

  /** Names of further inputs and analyses that this one reads. */
  default List<String> with() {
    return List.of();
  }

  /**
   * Columns, keys among them, that this analysis reads of one of the further sources.
   *
   * @param source one of {@link #with()}
   * @param available columns of that source, keys among them
   */
  default Set<String> reads(String source, Set<String> available) {
    return Set.of();
  }

  /** Keys that this analysis reads of what it is made of, which has the {@code available} ones. */
  default Set<String> keys(Set<String> available) {
    return KEYS;
  }

  /** True when the result has the keys, so that further analyses can be made of it. */
  default boolean givesSeries() {
    return true;
  }
}
