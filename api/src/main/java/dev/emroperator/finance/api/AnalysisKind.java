package dev.emroperator.finance.api;

import java.util.List;
import java.util.Set;

/**
 * What every kind of analysis tells about its columns, so that a chain is checked before it is
 * paid. Serializable, because the job sends it to its executors.
 */
public sealed interface AnalysisKind extends java.io.Serializable permits Bars, Rolling {

  /**
   * Value columns that this analysis reads from data that has the {@code available} ones. A column
   * in the answer that is not available is missing.
   */
  Set<String> reads(Set<String> available);

  /**
   * Value columns of the result, in order; {@code ticker}, {@code time} and {@code date} come
   * before them.
   */
  List<String> gives();
}
