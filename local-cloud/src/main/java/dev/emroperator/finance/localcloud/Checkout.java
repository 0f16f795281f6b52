package dev.emroperator.finance.localcloud;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the project, and what the build has left in it. */
public record Checkout(Path root) {

  /** The nearest folder at or above the working directory that holds the CRD. */
  public static Checkout find() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("crds")) && Files.isDirectory(at.resolve("local-cloud"))) {
        return new Checkout(at);
      }
    }
    throw new IllegalStateException(
        "not inside a checkout of the project: run this in the folder that holds README.md");
  }

  public Path crd() {
    return root.resolve("crds/financialanalyses.finance.emr-operator.dev-v1.yml");
  }

  public Path operatorJar() {
    return jar("operator");
  }

  Path emulatorJar() {
    return jar("emr-emulator");
  }

  /** The class path that a module's build wrote down. */
  String classPath(String file) {
    Path path = built(root.resolve(file));
    try {
      return Files.readString(path).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path sparkClassPath() {
    return built(root.resolve("spark-job/target/spark-classpath.txt"));
  }

  private Path jar(String module) {
    Path target = root.resolve(module).resolve("target");
    try (var files = Files.newDirectoryStream(built(target), module + "-*.jar")) {
      for (Path file : files) {
        return file;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return built(target.resolve(module + ".jar"));
  }

  private static Path built(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalStateException(path + " is missing: run 'mvn package -DskipTests' first");
    }
    return path;
  }
}
