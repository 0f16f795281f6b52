package dev.emroperator.finance.api.kind;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.emroperator.finance.api.Names;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** One SELECT over named inputs and analyses, which are its tables. */
public record Sql(
    @Required
        @Size(min = 1, max = 16_384)
        @JsonPropertyDescription(
            "One SELECT of Spark SQL; its tables are the names of what it is made of and of 'tables'. A '-' in a name needs backticks.")
        String select,
    @Size(min = 1, max = 8)
        @JsonPropertyDescription("Further inputs and earlier analyses that are tables.")
        List<@Pattern(Names.PATTERN) @Size(max = Names.MAX_LENGTH) String> tables,
    @Required
        @Size(min = 1, max = 256)
        @JsonPropertyDescription(
            "Names of the columns of the result, in order. With ticker and time among them, other analyses can be made of it.")
        List<@Size(min = 1, max = 64) String> columns,
    @Min(1)
        @Max(1_000_000_000)
        @JsonPropertyDescription("Rows above which the analysis fails. Default: 10000000.")
        Integer maxRows)
    implements AnalysisKind {

  public Sql {
    tables = Lists.known(tables, List.of());
    columns = Lists.known(columns, List.of());
    maxRows = Objects.requireNonNullElse(maxRows, 10_000_000);
  }

  @Override
  public Set<String> reads(Set<String> available) {
    return available;
  }

  @Override
  public List<String> with() {
    return tables;
  }

  @Override
  public Set<String> reads(String source, Set<String> available) {
    return available;
  }

  @Override
  public Set<String> keys(Set<String> available) {
    return available;
  }

  @Override
  public boolean givesSeries() {
    return columns.containsAll(KEYS);
  }

  @Override
  public List<String> gives(Set<String> available) {
    List<String> values = new ArrayList<>(columns);
    values.removeAll(KEYS);
    values.remove("date");
    return values;
  }
}
