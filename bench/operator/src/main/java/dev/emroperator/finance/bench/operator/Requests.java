package dev.emroperator.finance.bench.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What the operator asked of the API server, by the API server's own audit log. */
record Requests(List<Requests.Request> all) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> WRITES = Set.of("create", "update", "patch", "delete");

  /**
   * One request.
   *
   * @param at epoch milliseconds of its arrival
   * @param resource with its subresource, as in {@code financialanalyses/status}
   */
  record Request(long at, String verb, String resource, String name, int status) {

    boolean isWrite() {
      return WRITES.contains(verb);
    }

    boolean isEvent() {
      return resource.equals("events");
    }

    /** Of an analysis or its status. */
    boolean isOfObject() {
      return resource.startsWith("financialanalyses");
    }
  }

  /** Those that came from one time on, epoch milliseconds, and before another. */
  static Requests between(Path auditLog, long from, long to) {
    String name = auditLog.getFileName().toString().replaceFirst("\\.log$", "");
    List<Request> found = new ArrayList<>();
    try (Stream<Path> files = Files.list(auditLog.getParent())) {
      // The API server begins a new file now and then.
      for (Path file :
          files.filter(f -> f.getFileName().toString().matches(name + ".*\\.log")).toList()) {
        read(file, request -> from <= request.at() && request.at() < to, found);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Requests(List.copyOf(found));
  }

  private static void read(Path file, Predicate<Request> wanted, List<Request> to)
      throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      for (String line : (Iterable<String>) lines::iterator) {
        // The last line may be on its way.
        if (line.endsWith("}")) {
          Request request = request(JSON.readTree(line));
          if (wanted.test(request)) {
            to.add(request);
          }
        }
      }
    }
  }

  private static Request request(JsonNode event) {
    JsonNode object = event.path("objectRef");
    String sub = object.path("subresource").asText();
    return new Request(
        Instant.parse(event.path("requestReceivedTimestamp").asText()).toEpochMilli(),
        event.path("verb").asText(),
        object.path("resource").asText() + (sub.isEmpty() ? "" : "/" + sub),
        object.path("name").asText(),
        event.path("responseStatus").path("code").asInt());
  }

  long count(Predicate<Request> which) {
    return all.stream().filter(which).count();
  }

  /** Number of requests by verb and resource. */
  Map<String, Long> byVerb() {
    return Totals.counted(all, request -> request.verb() + " " + request.resource());
  }
}
