package dev.emroperator.finance.localcloud;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Puts local files to where an object's inputs are. */
final class InputData {

  private InputData() {}

  /**
   * Copies a file or a folder; with several inputs the folder has one for each, of its name.
   *
   * @throws IllegalArgumentException when a folder for an input is missing
   */
  static void put(Path data, GenericKubernetesResource object, LocalS3 s3) {
    List<Map<String, Object>> inputs = object.get("spec", "inputs");
    for (Map<String, Object> input : inputs) {
      Path source = inputs.size() == 1 ? data : data.resolve((String) input.get("name"));
      if (!Files.exists(source)) {
        throw new IllegalArgumentException(
            "--data: there is no " + source + " for input '" + input.get("name") + "'");
      }
      String location = (String) input.get("path");
      s3.createBucket(bucket(location));
      put(source, location, s3);
    }
    s3.createBucket(bucket(object.get("spec", "output", "path")));
  }

  static String bucket(String location) {
    return location.substring("s3://".length()).replaceFirst("/.*", "");
  }

  private static void put(Path source, String location, LocalS3 s3) {
    String folder = location.endsWith("/") ? location : location.replaceFirst("[^/]*$", "");
    try (Stream<Path> all = Files.walk(source)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        Path relative = file.equals(source) ? file.getFileName() : source.relativize(file);
        s3.put(file, folder + relative);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
