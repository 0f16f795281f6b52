package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads the configuration, strictly: an operator with a wrong one must not start. */
public final class ConfigFile {

  private static final YAMLMapper YAML =
      YAMLMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          // The second of two fences would hold, and nobody would be told.
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
          .build();

  private ConfigFile() {}

  /**
   * Reads and checks.
   *
   * @throws ConfigException with every problem found
   */
  public static OperatorConfig read(Path file) {
    Problems problems = new Problems();
    OperatorConfig config = parse(file, problems);
    config.check(problems);
    if (!problems.found().isEmpty()) {
      throw new ConfigException(file, problems.found());
    }
    return config;
  }

  private static OperatorConfig parse(Path file, Problems problems) {
    try {
      JsonNode tree = YAML.readTree(Files.readString(file));
      if (tree.isMissingNode() || tree.isNull()) {
        throw new ConfigException(file, List.of("the file is empty"));
      }
      return new ReadableParts(YAML, problems).read(tree, OperatorConfig.class);
    } catch (JacksonException e) {
      throw new ConfigException(file, List.of(e.getMessage()));
    } catch (IOException e) {
      throw new ConfigException(file, List.of("can't be read: " + e));
    }
  }

  /** The configuration can't be used. */
  public static final class ConfigException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigException(Path file, List<String> problems) {
      super(
          "The configuration " + file + " can't be used:\n  - " + String.join("\n  - ", problems));
      this.problems = List.copyOf(problems);
    }

    List<String> problems() {
      return problems;
    }
  }
}
