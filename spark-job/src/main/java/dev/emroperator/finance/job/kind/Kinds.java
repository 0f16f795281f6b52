package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.Adjust;
import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Asof;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Beta;
import dev.emroperator.finance.api.kind.Correlation;
import dev.emroperator.finance.api.kind.Drawdown;
import dev.emroperator.finance.api.kind.Gapfill;
import dev.emroperator.finance.api.kind.Indicators;
import dev.emroperator.finance.api.kind.Quality;
import dev.emroperator.finance.api.kind.Returns;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Rollup;
import dev.emroperator.finance.api.kind.Sql;
import dev.emroperator.finance.api.kind.Volatility;
import java.util.Map;
import java.util.function.BiFunction;

/** Every kind of analysis, and the class that makes it. */
public final class Kinds {

  private static final Map<Class<?>, Maker<?>> MAKERS =
      Map.ofEntries(
          maker(Adjust.class, AdjustAnalysis::of),
          maker(Asof.class, AsofAnalysis::of),
          alone(Bars.class, BarsAnalysis::of),
          maker(Beta.class, BetaAnalysis::of),
          alone(Correlation.class, CorrelationAnalysis::of),
          alone(Drawdown.class, DrawdownAnalysis::of),
          alone(Gapfill.class, GapfillAnalysis::of),
          alone(Indicators.class, IndicatorsAnalysis::of),
          alone(Quality.class, QualityAnalysis::of),
          alone(Returns.class, ReturnsAnalysis::of),
          alone(Rolling.class, RollingAnalysis::of),
          maker(Rollup.class, RollupAnalysis::of),
          maker(Sql.class, SqlAnalysis::of),
          alone(Volatility.class, VolatilityAnalysis::of));

  private Kinds() {}

  /** Makes the result of one kind from what it is made of and the further sources that it names. */
  private interface Maker<K extends AnalysisKind> {
    Series make(Series series, K kind, Map<String, Series> with);
  }

  private static <K extends AnalysisKind> Map.Entry<Class<?>, Maker<?>> maker(
      Class<K> kind, Maker<K> maker) {
    return Map.entry(kind, maker);
  }

  /** Of a kind that has no further sources. */
  private static <K extends AnalysisKind> Map.Entry<Class<?>, Maker<?>> alone(
      Class<K> kind, BiFunction<Series, K, Series> maker) {
    return maker(kind, (series, asked, with) -> maker.apply(series, asked));
  }

  /**
   * The result of an analysis.
   *
   * @param with what it is made of and the further sources of the kind, by their names
   */
  public static Series make(AnalysisKind kind, Series series, Map<String, Series> with) {
    return make(series, kind, with);
  }

  @SuppressWarnings("unchecked")
  private static <K extends AnalysisKind> Series make(
      Series series, K kind, Map<String, Series> with) {
    Maker<K> maker = (Maker<K>) MAKERS.get(kind.getClass());
    if (maker == null) {
      throw new IllegalArgumentException("no kind of analysis: " + kind);
    }
    return maker.make(series, kind, with);
  }
}
