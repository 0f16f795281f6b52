package dev.emroperator.finance.job.kind;

import dev.emroperator.finance.api.kind.AnalysisKind;
import dev.emroperator.finance.api.kind.Bars;
import dev.emroperator.finance.api.kind.Rolling;
import dev.emroperator.finance.api.kind.Sql;
import java.util.Map;
import java.util.Set;

/** Every kind of analysis, and the class that makes it. */
public final class Kinds {

  private static final Map<Class<?>, Maker<?>> MAKERS =
      Map.ofEntries(
          maker(Bars.class, (series, bars, with) -> BarsAnalysis.of(series, bars)),
          maker(Rolling.class, (series, rolling, with) -> RollingAnalysis.of(series, rolling)),
          maker(Sql.class, SqlAnalysis::of));

  private Kinds() {}

  /** The kinds that this job can make. */
  public static Set<Class<?>> all() {
    return MAKERS.keySet();
  }

  /** Makes the result of one kind from what it is made of and the further sources that it names. */
  private interface Maker<K extends AnalysisKind> {
    Series make(Series series, K kind, Map<String, Series> with);
  }

  private static <K extends AnalysisKind> Map.Entry<Class<?>, Maker<?>> maker(
      Class<K> kind, Maker<K> maker) {
    return Map.entry(kind, maker);
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
