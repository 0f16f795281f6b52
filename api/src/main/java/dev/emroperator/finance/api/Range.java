package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** The days whose results are wanted, both ends included, in the zone of each input. */
@ValidationRule(
    value = "!has(self.from) || !has(self.to) || self.from <= self.to",
    message = "range.from must not be after range.to")
@ValidationRule(
    value = "!has(self.last) || (!has(self.from) && !has(self.to))",
    message = "range.last can't be combined with range.from or range.to")
public record Range(
    @Pattern(DATE)
        @Size(max = 10)
        @JsonPropertyDescription(
            "First day, as in 2024-01-02. Default: the first day in the files. A week or month that it"
                + " falls into is put out too; without warmup that bar holds only the days from it on.")
        String from,
    @Pattern(DATE)
        @Size(max = 10)
        @JsonPropertyDescription(
            "Last day, as in 2024-12-31. Default: the last day in the files. A week or month that it"
                + " falls into ends with it.")
        String to,
    @Pattern(DAYS)
        @Size(max = 7)
        @JsonPropertyDescription(
            "Instead of from and to: this many days up to and with the day on which the run is claimed, as in 30d.")
        String last,
    @Pattern(DAYS)
        @Size(max = 7)
        @JsonPropertyDescription(
            "Days before the first one whose rows feed rolling windows and the bar that it falls into, and are not put out themselves, as in 400d. Default: none.")
        String warmup) {

  static final String DATE = "^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
  static final String DAYS = "^[1-9][0-9]{0,5}d$";
}
