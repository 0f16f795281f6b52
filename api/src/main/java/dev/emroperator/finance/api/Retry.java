package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.Objects;

/** Whether a failed attempt is followed by another one, on a new cluster. */
public record Retry(
    @Min(0)
        @Max(10)
        @Default("2")
        @JsonPropertyDescription("Attempts after the first; 0 for none. Default: 2.")
        Integer limit,
    @Pattern(TimeSpan.PATTERN)
        @Size(max = 7)
        @Default("1m")
        @JsonPropertyDescription(
            "Wait before the second attempt, as in 1m; doubled before each further one, up to 30m. Default: 1m.")
        String backoff,
    @Default("false")
        @JsonPropertyDescription(
            "Also after the job itself or a bootstrap action failed, not only after loss or lack of machines. Default: false.")
        Boolean onStepFailure) {

  public static final Retry DEFAULT = new Retry(null, null, null);

  public Retry {
    limit = Objects.requireNonNullElse(limit, 2);
    backoff = backoff == null ? "1m" : backoff;
    onStepFailure = Objects.requireNonNullElse(onStepFailure, false);
  }
}
