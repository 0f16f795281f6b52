package dev.emroperator.finance.localcloud;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts local files to where an object's inputs are. */
final class InputData {

  private InputData() {}

  /** Where the files of an input are on this machine. */
  interface Sources {
    Path of(String input, boolean isOnly);
  }

  /** Copies what {@link #locations} finds, and makes the buckets. */
  static void put(Sources sources, GenericKubernetesResource object, LocalS3 s3) {
    Map<String, Path> files = locations(sources, object);
    List<Map<String, Object>> inputs = object.get("spec", "inputs");
    inputs.forEach(input -> s3.createBucket(bucket((String) input.get("path"))));
    s3.createBucket(bucket(object.get("spec", "output", "path")));
    files.forEach((location, file) -> s3.put(file, location));
  }

  /**
   * Which file goes where.
   *
   * @return files by {@code s3://} location
   * @throws IllegalArgumentException when there is no file for an input
   */
  static Map<String, Path> locations(Sources sources, GenericKubernetesResource object) {
    List<Map<String, Object>> inputs = object.get("spec", "inputs");
    Map<String, Path> files = new TreeMap<>();
    for (Map<String, Object> input : inputs) {
      String name = (String) input.get("name");
      Path source = sources.of(name, inputs.size() == 1);
      if (!Files.exists(source)) {
        throw new IllegalArgumentException(
            "--data: there is no " + source + " for input '" + name + "'");
      }
      files.putAll(locations(source, name, (String) input.get("path")));
    }
    return files;
  }

  static String bucket(String location) {
    return location.substring("s3://".length()).replaceFirst("/.*", "");
  }

  private static Map<String, Path> locations(Path source, String input, String path) {
    if (!path.endsWith("/")) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      Path file = Files.isDirectory(source) ? source.resolve(name) : source;
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "--data: input '%s' is the one object %s, and there is no file %s: put it there, or name a file"
                .formatted(input, path, file));
      }
      return Map.of(path, file);
    }
    try (Stream<Path> all = Files.walk(source)) {
      return all.filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file ->
                      path + (file.equals(source) ? file.getFileName() : source.relativize(file)),
                  file -> file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
