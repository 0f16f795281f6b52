package dev.emroperator.finance.operator.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
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
          .build();

  private ConfigFile() {}

  /**
   * Reads and checks.
   *
   * @throws ConfigException with every problem found
   */
  public static OperatorConfig read(Path file) {
    OperatorConfig config = parse(file);
    Problems problems = new Problems();
    config.check(problems);
    if (!problems.found().isEmpty()) {
      throw new ConfigException(file, problems.found());
    }
    return config;
  }

  private static OperatorConfig parse(Path file) {
    try {
      OperatorConfig config = YAML.readValue(Files.readString(file), OperatorConfig.class);
      if (config == null) {
        throw new ConfigException(file, List.of("the file is empty"));
      }
      return config;
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
