package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A set of files with one schema that analyses read. */
public record Input(
    @Required
        @Pattern(Names.PATTERN)
        @Size(max = Names.MAX_LENGTH)
        @JsonPropertyDescription(
            "Name that analyses use in 'of'. Unique among inputs and analyses.")
        String name,
    @Required
        @Pattern(Paths.PREFIX_OR_OBJECT)
        @Size(max = Paths.MAX_LENGTH)
        @JsonPropertyDescription(
            "Where the files are: an s3:// prefix that ends in '/', or one object. Files whose name"
                + " starts with '_' or '.' are skipped, as engines do.")
        String path,
    @JsonPropertyDescription(
            "How the files are written: parquet or csv. A CSV file has a header line. Default: parquet.")
        Format format,
    @JsonPropertyDescription("Names of the columns in the files, where they differ from ours.")
        Columns columns,
    @Size(max = 64)
        @JsonPropertyDescription(
            "Further columns to read as they are: our name to the name in the files, as in {sector: GICS Sector}. For rollup and sql.")
        Map<String, String> attributes,
    @Pattern("^[A-Za-z][A-Za-z0-9_+/-]*$")
        @Size(max = 64)
        @JsonPropertyDescription(
            "IANA time zone of the market, as in America/New_York. Days and longer bars start at its"
                + " midnight; times in the files that carry no offset are read in it. Default: UTC.")
        String timezone,
    @JsonPropertyDescription(
            "What a file that can't be read does. fail: the analyses of this input fail; quarantine: it is left out and named in the manifest. Default: fail.")
        OnBadFile onBadFile,
    @Min(1)
        @Max(100_000)
        @JsonPropertyDescription(
            "With quarantine: bad files above which the analyses fail all the same. Default: 10.")
        Integer maxBadFiles) {

  /** What a bad file does. */
  public enum OnBadFile {
    @JsonProperty("fail")
    FAIL,
    @JsonProperty("quarantine")
    QUARANTINE
  }

  public Input {
    format = format == null ? Format.PARQUET : format;
    columns = columns == null ? Columns.CANONICAL : columns.orCanonical();
    attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    onBadFile = onBadFile == null ? OnBadFile.FAIL : onBadFile;
    maxBadFiles = Objects.requireNonNullElse(maxBadFiles, 10);
    timezone = timezone == null ? "UTC" : timezone;
  }

  /** Every column that analyses can ask for, to its name in the files. */
  public Map<String, String> names() {
    Map<String, String> names = new HashMap<>(attributes);
    names.putAll(columns.byCanonicalName());
    return names;
  }

  /** Those of {@link #names()} that a file with this header has; case doesn't count. */
  public Set<String> present(Iterable<String> header) {
    Set<String> there = new HashSet<>();
    header.forEach(name -> there.add(name.toLowerCase(Locale.ROOT)));
    return names().entrySet().stream()
        .filter(column -> there.contains(column.getValue().toLowerCase(Locale.ROOT)))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }
}
