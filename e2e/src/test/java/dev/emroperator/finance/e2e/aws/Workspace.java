package dev.emroperator.finance.e2e.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.localcloud.Checkout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A copy of {@code infra/} in which Terraform may leave what it likes. */
record Workspace(Path folder, Tool terraform) {

  /** Terraform is neither to greet nor to heed what its user has set up. */
  private static final Map<String, String> VARIABLES =
      Map.of(
          "TF_IN_AUTOMATION", "1",
          "CHECKPOINT_DISABLE", "1",
          "TF_CLI_CONFIG_FILE", "/dev/null");

  /** Made anew below the build's own folder. */
  static Workspace copy(String name) {
    Tool terraform = Tool.of("terraform");
    Path source = Checkout.find().root().resolve("infra");
    Path target = Checkout.find().root().resolve("e2e/target/" + name);
    try {
      remove(target);
      try (Stream<Path> files = Files.walk(source)) {
        for (Path file : files.filter(f -> !f.toString().contains("/.terraform")).toList()) {
          Path copy = target.resolve(source.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(copy);
          } else {
            Files.copy(file, copy);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Workspace(target, terraform);
  }

  private static void remove(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Fetches the provider and makes a root of it ready. */
  void init(String root) {
    Tool provider = Tool.of("terraform-provider-aws");
    assertSucceeds(root, "init", "-plugin-dir=" + provider.program());
  }

  Tool.Answer run(String root, String... arguments) {
    return terraform.run(folder.resolve(root), VARIABLES, arguments);
  }

  String assertSucceeds(String root, String... arguments) {
    Tool.Answer answer = run(root, arguments);
    assertEquals(0, answer.exitCode(), () -> List.of(arguments) + "\n" + answer.printed());
    return answer.printed();
  }
}
