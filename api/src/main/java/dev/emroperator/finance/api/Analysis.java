package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Objects;
import java.util.stream.Stream;

/** One result: a name, the data it is made of, and exactly one kind. */
@ValidationRule(
    value = "[has(self.bars), has(self.rolling)].exists_one(kind, kind)",
    message = "an analysis has exactly one kind: bars or rolling")
public record Analysis(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Name of the result: its folder in the output, and its entry in status.steps.")
        String name,
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Name of an input, or of an analysis that stands earlier in the list.")
        String of,
    @JsonPropertyDescription(
            "Open, high, low, close, averages and volume for each ticker and period.")
        Bars bars,
    @JsonPropertyDescription("Statistics over the last rows of each ticker.") Rolling rolling) {

  /**
   * The one kind that is set; null if none is, which only an object that no schema checked can
   * show.
   */
  public AnalysisKind kind() {
    return Stream.of(bars, rolling).filter(Objects::nonNull).findFirst().orElse(null);
  }
}
