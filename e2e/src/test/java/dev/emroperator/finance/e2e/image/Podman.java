package dev.emroperator.finance.e2e.image;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.emroperator.finance.e2e.Tool;
import dev.emroperator.finance.e2e.Tool.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * podman with a store of its own, so that nothing of it is left on the machine.
 *
 * @param store an empty folder with a short path
 */
record Podman(Tool tool, Path store) implements AutoCloseable {

  static Podman storingIn(Path store) {
    return new Podman(Tool.of("podman"), store);
  }

  /**
   * Loads an image that was built without a base, and lays Java over it, as a base would have laid
   * it under.
   *
   * @return the name of the image with Java
   */
  String withJava(Path tar) throws IOException {
    Path java = Tool.of("java-base").program();
    String loaded = print("load", "--quiet", "--input", tar.toAbsolutePath().toString());
    String name = loaded.substring(loaded.indexOf(": ") + 2);
    Path recipe =
        Files.writeString(store.resolve("Containerfile"), "FROM " + name + "\nADD java.tar /\n");
    print("build", "--quiet", "--tag", "with-java", "--file", recipe.toString(), java.toString());
    return "localhost/with-java";
  }

  /** What it prints, when it must not fail. */
  String print(String... arguments) {
    List<String> all = command(arguments);
    Answer answer =
        tool.run(Path.of(""), Map.of(), all.subList(1, all.size()).toArray(String[]::new));
    assertEquals(0, answer.exitCode(), () -> String.join(" ", all) + "\n" + answer.printed());
    return answer.printed().strip();
  }

  /** The whole command line, for what shall go on. */
  List<String> command(String... arguments) {
    List<String> command =
        new ArrayList<>(
            List.of(
                tool.program().toString(),
                "--root",
                store.resolve("root").toString(),
                "--runroot",
                store.resolve("run").toString(),
                "--tmpdir",
                store.resolve("tmp").toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  @Override
  public void close() {
    print("rmi", "--all", "--force");
  }
}
