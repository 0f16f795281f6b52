package dev.emroperator.finance.api.kind;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Reason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which columns flow from where to where in a list of analyses: checked before anything is paid,
 * and then read from the files, these and no others.
 */
public final class Lineage {

  private final Map<String, Set<String>> available = new HashMap<>();
  private final Map<String, Set<String>> read = new LinkedHashMap<>();

  /** Analyses whose rows are bars of more than a day, or are made of such. */
  private final Set<String> longBars = new HashSet<>();

  private Gap gap;

  private Lineage() {}

  /**
   * Why a list of analyses can't be run.
   *
   * @param reason UNKNOWN_SOURCE, UNKNOWN_KIND, MISSING_COLUMN or DUPLICATE_COLUMN
   * @param source where something is missing
   * @param missing the first column that is missing; null where no column is
   * @param message names the field and what there is
   */
  public record Gap(Reason reason, String source, String missing, String message) {}

  /**
   * Follows the analyses in their order.
   *
   * @param inputs columns of each input, keys among them
   */
  public static Lineage of(List<Analysis> analyses, Map<String, Set<String>> inputs) {
    Lineage lineage = new Lineage();
    lineage.available.putAll(inputs);
    for (Analysis analysis : analyses) {
      if (lineage.gap == null) {
        lineage.follow(analysis);
      }
    }
    return lineage;
  }

  /** The first thing that is wrong, if any. */
  public Optional<Gap> gap() {
    return Optional.ofNullable(gap);
  }

  /** Columns that all analyses together read of a source; empty when none does. */
  public Set<String> readOf(String source) {
    return read.getOrDefault(source, Set.of());
  }

  private void follow(Analysis analysis) {
    AnalysisKind kind = analysis.kind();
    if (kind == null) {
      gap =
          new Gap(
              Reason.UNKNOWN_KIND,
              analysis.of(),
              null,
              "analysis '%s' is of a kind that this version of the operator does not know"
                  .formatted(analysis.name()));
      return;
    }
    followBars(analysis, kind);
    Set<String> there = available.getOrDefault(analysis.of(), Set.of());
    Set<String> keys = new TreeSet<>(AnalysisKind.KEYS);
    keys.retainAll(there);
    // They say when and of what a value is; nothing can be computed of them.
    Set<String> values = new TreeSet<>(there);
    values.removeAll(keys);
    take(analysis, analysis.of(), kind.reads(values), values);
    take(analysis, analysis.of(), kind.keys(keys), keys);
    for (String source : kind.with()) {
      Set<String> other = available.getOrDefault(source, Set.of());
      take(analysis, source, kind.reads(source, other), other);
    }
    Set<String> given = given(analysis, kind.gives(values));
    if (kind.givesSeries()) {
      refuseReserved(analysis, given);
      given.addAll(AnalysisKind.KEYS);
    }
    available.put(analysis.name(), given);
  }

  /** The day on which a long bar begins says nothing of the days on which its prices were paid. */
  private void followBars(Analysis analysis, AnalysisKind kind) {
    if (kind instanceof Bars bars && bars.areLongerThanADay() || longBars.contains(analysis.of())) {
      longBars.add(analysis.name());
    }
    if (kind instanceof Adjust && longBars.contains(analysis.of())) {
      gap =
          new Gap(
              Reason.BARS_TOO_LONG,
              analysis.of(),
              null,
              ("analysis '%s' adjusts '%s', whose bars are longer than a day, so an event may lie"
                      + " within one: adjust first, and make bars of that")
                  .formatted(analysis.name(), analysis.of()));
    }
  }

  /** Engines that read the result take {@code Close} and {@code close} for the same. */
  private Set<String> given(Analysis analysis, List<String> names) {
    Set<String> given = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    for (String name : names) {
      if (!given.add(name) && gap == null) {
        gap =
            new Gap(
                Reason.DUPLICATE_COLUMN,
                analysis.of(),
                null,
                ("the result of analysis '%s' would have two columns '%s': give the one that it reads"
                        + " of '%s' another name")
                    .formatted(analysis.name(), name, analysis.of()));
      }
    }
    return new TreeSet<>(given);
  }

  private void refuseReserved(Analysis analysis, Set<String> given) {
    given.stream()
        .filter(name -> AnalysisKind.RESERVED.contains(name.toLowerCase(Locale.ROOT)))
        .findFirst()
        .filter(name -> gap == null)
        .ifPresent(
            name ->
                gap =
                    new Gap(
                        Reason.DUPLICATE_COLUMN,
                        analysis.of(),
                        null,
                        ("the result of analysis '%s' would have a column '%s' of yours and one that"
                                + " the job adds to every series: give yours another name")
                            .formatted(analysis.name(), name)));
  }

  private void take(Analysis analysis, String source, Set<String> columns, Set<String> there) {
    if (gap != null) {
      return;
    }
    if (!available.containsKey(source)) {
      gap =
          new Gap(
              Reason.UNKNOWN_SOURCE,
              source,
              null,
              ("analysis '%s' is made of '%s', which is neither an input nor an earlier analysis;"
                      + " known here: %s")
                  .formatted(analysis.name(), source, new TreeSet<>(available.keySet())));
      return;
    }
    Set<String> missing = new TreeSet<>(columns);
    missing.removeAll(there);
    if (!missing.isEmpty()) {
      gap =
          new Gap(
              Reason.MISSING_COLUMN,
              source,
              missing.iterator().next(),
              "analysis '%s' needs %s, but '%s' has only %s"
                  .formatted(analysis.name(), missing, source, new TreeSet<>(there)));
    }
    read.computeIfAbsent(source, name -> new TreeSet<>()).addAll(columns);
  }
}
