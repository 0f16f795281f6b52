package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

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
    @Default("parquet")
        @JsonPropertyDescription(
            "How the files are written: parquet or csv. A CSV file has a header line.")
        Format format,
    @JsonPropertyDescription("Names of the columns in the files, where they differ from ours.")
        Columns columns,
    @Default("UTC")
        @Pattern("^[A-Za-z][A-Za-z0-9_+/-]*$")
        @Size(max = 64)
        @JsonPropertyDescription(
            "IANA time zone of the market, as in America/New_York. Days and longer bars start at its"
                + " midnight; times in the files that carry no offset are read in it.")
        String timezone) {

  public Input {
    format = format == null ? Format.PARQUET : format;
    columns = columns == null ? Columns.CANONICAL : columns.orCanonical();
    timezone = timezone == null ? "UTC" : timezone;
  }
}
