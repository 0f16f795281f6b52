package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** Times after which a cluster is terminated, so that a stuck one can't be paid for ever. */
public record Deadlines(
    @Pattern(TimeSpan.PATTERN)
        @Size(max = 7)
        @Default("45m")
        @JsonPropertyDescription(
            "From the request of an attempt until its job runs, as in 45m. Default: 45m.")
        String start,
    @Pattern(TimeSpan.PATTERN)
        @Size(max = 7)
        @Default("6h")
        @JsonPropertyDescription(
            "From the request of an attempt until all results are there, as in 6h; the job halts itself then, too. Default: 6h.")
        String total) {

  public static final Deadlines DEFAULT = new Deadlines(null, null);

  public Deadlines {
    start = start == null ? "45m" : start;
    total = total == null ? "6h" : total;
  }
}
