package dev.emroperator.finance.api;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.Map;

/** Settings of Spark that replace the computed ones. */
public record Spark(
    @Size(max = 32)
        @JsonPropertyDescription(
            "Settings such as spark.sql.shuffle.partitions. Only those that change how fast a job runs are allowed; docs/spark.md lists them.")
        Map<String, String> conf) {

  public static final Spark DEFAULT = new Spark(null);

  public Spark {
    conf = conf == null ? Map.of() : Map.copyOf(conf);
  }
}
