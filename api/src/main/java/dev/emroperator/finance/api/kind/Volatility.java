package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Volatility over the last rows of each ticker, as a fraction for a year: 0.2 is 20 %. */
public record Volatility(
    @Required
        @Size(min = 1, max = 16)
        @JsonPropertyDescription(
            "Lengths of the windows in rows, the current one included, as in [20].")
        List<@Min(2) @Max(10_000) Integer> windows,
    @Size(min = 1, max = 6)
        @JsonPropertyDescription(
            "Of closeToClose, parkinson, garmanKlass, rogersSatchell, yangZhang and realized. Default: closeToClose.")
        List<Estimator> estimators,
    @Min(1)
        @Max(1_000_000)
        @JsonPropertyDescription("Rows in a year, for annualisation. Default: 252.")
        Integer periodsPerYear)
    implements AnalysisKind {

  /** An estimator of volatility. */
  public enum Estimator {
    /** Sample standard deviation of log returns. */
    @JsonProperty("closeToClose")
    CLOSE_TO_CLOSE("closeToClose"),
    /** √(mean ln²(h/l) / (4 ln 2)). */
    @JsonProperty("parkinson")
    PARKINSON("parkinson"),
    /** √mean(½ ln²(h/l) − (2 ln 2 − 1) ln²(c/o)). */
    @JsonProperty("garmanKlass")
    GARMAN_KLASS("garmanKlass"),
    /** √mean(ln(h/c)·ln(h/o) + ln(l/c)·ln(l/o)). */
    @JsonProperty("rogersSatchell")
    ROGERS_SATCHELL("rogersSatchell"),
    /** Overnight, open-to-close and Rogers–Satchell variances together. */
    @JsonProperty("yangZhang")
    YANG_ZHANG("yangZhang"),
    /** √(Σ r²) of the log returns within the window; times √(periodsPerYear / n). */
    @JsonProperty("realized")
    REALIZED("realized");

    private final String word;

    Estimator(String word) {
      this.word = word;
    }
  }

  private static final Set<Estimator> OF_CLOSES =
      Set.of(Estimator.CLOSE_TO_CLOSE, Estimator.REALIZED);

  public Volatility {
    windows = Lists.known(windows, List.of());
    estimators = Lists.known(estimators, List.of(Estimator.CLOSE_TO_CLOSE));
    periodsPerYear = Objects.requireNonNullElse(periodsPerYear, 252);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    Set<String> read = new LinkedHashSet<>(List.of("close"));
    if (!OF_CLOSES.containsAll(estimators)) {
      read.addAll(List.of("open", "high", "low"));
    }
    return read;
  }

  @Override
  public List<String> gives(Set<String> available) {
    return names();
  }

  /** Names of the value columns: {@code close}, then as in {@code parkinson_20}. */
  public List<String> names() {
    List<String> names = new ArrayList<>(List.of("close"));
    for (int window : windows) {
      estimators.forEach(estimator -> names.add(estimator.word + "_" + window));
    }
    return names;
  }
}
