package dev.emroperator.finance.job;

import dev.emroperator.finance.api.Analysis;
import dev.emroperator.finance.api.Input;
import dev.emroperator.finance.api.run.Plan.FrozenInput;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which analyses are made of which.
 *
 * @param analyses each after those that it is made of
 * @param isThere whether the result of an analysis has been written
 * @param isReadBack whether the rows of an analysis can be had from a result that has been written
 */
record Chain(List<Analysis> analyses, Predicate<String> isThere, Predicate<Analysis> isReadBack) {

  /** Names of inputs and analyses that an analysis is made of. */
  static Stream<String> sources(Analysis analysis) {
    return Stream.concat(Stream.of(analysis.of()), analysis.kind().with().stream());
  }

  /** Zone of the input that an analysis goes back to, which is that of its rows. */
  String zone(Analysis analysis, List<FrozenInput> inputs) {
    return inputs.stream()
        .map(FrozenInput::input)
        .filter(input -> input.name().equals(analysis.of()))
        .map(Input::timezone)
        .findFirst()
        .orElseGet(() -> zone(named(analysis.of()), inputs));
  }

  private Analysis named(String name) {
    return analyses.stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  /** Names that these analyses are made of. */
  static Set<String> sources(List<Analysis> analyses) {
    return analyses.stream().flatMap(Chain::sources).collect(Collectors.toSet());
  }

  /** Whether others need the rows of an analysis for results that are missing, however far down. */
  boolean feedsOthers(String name) {
    return analyses.stream()
        .filter(analysis -> sources(analysis).anyMatch(name::equals))
        .anyMatch(this::needsSources);
  }

  private boolean needsSources(Analysis analysis) {
    return !isThere.test(analysis.name())
        || !isReadBack.test(analysis) && feedsOthers(analysis.name());
  }
}
