package dev.emroperator.finance.e2e.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An object as the API server showed it at one moment of its life. */
record Dump(JsonNode object) {

  private static final String REQUESTS = "finance.emr-operator.dev/%s-requested-at";

  static Dump read(Path file) {
    try {
      return new Dump(Serialization.unmarshal(Files.readString(file), JsonNode.class));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Into a file of the name of its moment. */
  Path write(Path folder) {
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve(moment() + ".yaml"), Serialization.asYaml(object));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String objectName() {
    return object.at("/metadata/name").asText();
  }

  /** Grows with every change of any object. */
  long resourceVersion() {
    return object.at("/metadata/resourceVersion").asLong();
  }

  /** What tells one moment from another, as in {@code Pending-Queued} or {@code Asked-Failed}. */
  String moment() {
    String phase = phase();
    if (object.at("/metadata").has("deletionTimestamp")) {
      return "Deleting-" + reason();
    }
    if (generation() != object.at("/status/observedGeneration").asLong()) {
      return "Stale-" + phase;
    }
    if (phase.equals("Suspended") && !object.at("/spec/suspend").asBoolean()) {
      return "Resumed-" + phase;
    }
    return isAsked() ? "Asked-" + phase : phase + "-" + reason();
  }

  /** Of the status, {@code None} before the operator has written one. */
  String phase() {
    return object.at("/status/phase").asText("None");
  }

  private String reason() {
    return condition("Ready").path("reason").asText("None");
  }

  boolean is(String condition) {
    return "True".equals(condition(condition).path("status").asText());
  }

  /** Type and status of each condition. */
  List<String> conditions() {
    return allConditions()
        .map(c -> c.path("type").asText() + "=" + c.path("status").asText())
        .sorted()
        .toList();
  }

  private JsonNode condition(String type) {
    return allConditions()
        .filter(c -> c.path("type").asText().equals(type))
        .findFirst()
        .orElse(object.path("none"));
  }

  private Stream<JsonNode> allConditions() {
    return StreamSupport.stream(object.at("/status/conditions").spliterator(), false);
  }

  private long generation() {
    return object.at("/metadata/generation").asLong();
  }

  private boolean isAsked() {
    return Stream.of("retry", "rerun", "cancel").anyMatch(this::isAsked);
  }

  private boolean isAsked(String request) {
    JsonNode asked = object.at("/metadata/annotations").path(REQUESTS.formatted(request));
    return !asked.isMissingNode()
        && !asked.equals(object.at("/status/handledRequests").path(request));
  }
}
